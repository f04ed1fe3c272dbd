import { parseArgs } from 'node:util';
import { nearest, ParleyError } from '@parley/core';
import { type CommandName, commands, type Option, type OptionName, options, requiredBy, takes } from './options.ts';

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
  readonly from?: string;
  readonly to?: string;
  readonly emulate: boolean;
  readonly json: boolean;
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

  const words = [...positionals];
  const isHelp = words[0] === 'help';
  if (isHelp) words.shift();
  const topic = takeCommand(words);
  const command = isHelp ? undefined : topic;
  if (given.has('version')) return { kind: 'version' };
  if (given.has('help') || command === undefined)
    return { kind: 'help', ...(topic === undefined ? {} : { command: topic }) };
  requireFit(command, words, given);
  return { kind: 'run', command, flags: flagsOf(given) };
}

/** Refuses what does not belong to the command, or is missing. */
function requireFit(command: CommandName, words: readonly string[], given: ReadonlyMap<OptionName, unknown>): void {
  const [extra] = words;
  if (extra !== undefined) {
    malformed(`parley ${command} takes options only, but there is ${quote(extra)}. Did you mean --cwd ${extra}?`);
  }
  for (const name of given.keys()) if (!takes(command, name)) malformed(`parley ${command} has no option --${name}.`);
  for (const name of requiredBy(command)) {
    const { value = '' }: Option = options[name];
    if (!given.has(name)) malformed(`parley ${command} needs --${name} <${value}>.`);
  }
}

function flagsOf(given: ReadonlyMap<OptionName, string | true>): Flags {
  const text = (name: OptionName) => given.get(name) as string | undefined;
  const entries = {
    config: text('config'),
    cwd: text('cwd'),
    port: text('port'),
    host: text('host'),
    publicUrl: text('public-url'),
    from: text('from'),
    to: text('to'),
  };
  return {
    ...(Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as Partial<Flags>),
    emulate: given.has('emulate'),
    json: given.has('json'),
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

/** Takes the command off the words that were typed: some are of two words. */
function takeCommand(words: string[]): CommandName | undefined {
  const [first, second] = words;
  if (first === undefined) return undefined;
  const names = Object.keys(commands) as CommandName[];
  const found = names.find((name) => name === first || name === `${first} ${second}`);
  if (found !== undefined) {
    words.splice(0, found.split(' ').length);
    return found;
  }
  const ofTwo = names.filter((name) => name.startsWith(`${first} `));
  if (ofTwo.length > 0) return malformed(`The command is ${ofTwo.map((name) => `parley ${name}`).join(' or ')}.`);
  const meant = nearest(first, names);
  const there = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return malformed(
    `There is no command ${quote(first)}.${meant === undefined ? ` There are ${there}.` : ` Did you mean parley ${meant}?`}`,
  );
}

function quote(word: string): string {
  return `“${word}”`;
}

/** Refuses the command line. */
export function malformed(problem: string): never {
  throw new ParleyError('error.platform.command-line.malformed', { problem, help: 'parley --help' });
}
