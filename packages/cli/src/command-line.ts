import { parseArgs } from 'node:util';
import { nearest, ParleyError } from '@parley/core';
import { type CommandName, commands, type OptionName, options } from './options.ts';

/** What was typed after `parley`. */
export type CommandLine =
  | { readonly kind: 'help'; readonly command?: CommandName }
  | { readonly kind: 'version' }
  | { readonly kind: 'run'; readonly command: CommandName; readonly flags: Flags };

/** The options that were given, as they were typed. */
export interface Flags {
  readonly config?: string;
  readonly cwd?: string;
  readonly port?: string;
  readonly host?: string;
  readonly publicUrl?: string;
  readonly emulate: boolean;
  readonly verbose: boolean;
}

/** @throws `error.platform.command-line.malformed`, with a suggestion where one is close. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<OptionName, string | true>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    given.set(requireOption(token.name, token.rawName), requireValue(token.name as OptionName, token));
  }

  const [word, ...rest] = positionals;
  const command = word === undefined || word === 'help' ? undefined : requireCommand(word);
  const topic = word === 'help' && rest[0] !== undefined ? requireCommand(rest.splice(0, 1)[0] as string) : command;
  if (given.has('version')) return { kind: 'version' };
  if (given.has('help') || command === undefined)
    return { kind: 'help', ...(topic === undefined ? {} : { command: topic }) };
  if (rest[0] !== undefined) {
    malformed(`parley ${command} takes options only, but there is ${quote(rest[0])}. Did you mean --cwd ${rest[0]}?`);
  }
  return { kind: 'run', command, flags: flagsOf(given) };
}

function flagsOf(given: ReadonlyMap<OptionName, string | true>): Flags {
  const text = (name: OptionName) => given.get(name) as string | undefined;
  const entries = {
    config: text('config'),
    cwd: text('cwd'),
    port: text('port'),
    host: text('host'),
    publicUrl: text('public-url'),
  };
  return {
    ...(Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as Partial<Flags>),
    emulate: given.has('emulate'),
    verbose: given.has('verbose'),
  };
}

function requireOption(name: string, typed: string): OptionName {
  if (name in options) return name as OptionName;
  const meant = nearest(name, Object.keys(options));
  return malformed(`There is no option ${typed}.${meant === undefined ? '' : ` Did you mean --${meant}?`}`);
}

function requireValue(name: OptionName, { value }: { readonly value?: string | undefined }): string | true {
  const option = options[name];
  if (option.type === 'boolean') {
    return value === undefined ? true : malformed(`The option --${name} takes no value.`);
  }
  // `--port --host x`: what follows is an option, not a value.
  return value === undefined || value === '' || (value.startsWith('-') && name !== 'cwd')
    ? malformed(`The option --${name} needs a value: --${name} <${option.value}>.`)
    : value;
}

function requireCommand(word: string): CommandName {
  if (word in commands) return word as CommandName;
  const meant = nearest(word, Object.keys(commands));
  return malformed(
    `There is no command ${quote(word)}.${meant === undefined ? ` There are ${Object.keys(commands).join(' and ')}.` : ` Did you mean parley ${meant}?`}`,
  );
}

function quote(word: string): string {
  return `“${word}”`;
}

/** Refuses the command line. */
export function malformed(problem: string): never {
  throw new ParleyError('error.platform.command-line.malformed', { problem, help: 'parley --help' });
}
