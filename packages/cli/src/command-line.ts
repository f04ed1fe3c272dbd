import { parseArgs } from 'node:util';
import { nearest, ParleyError } from '@parley/core';
import {
  type CommandName,
  commands,
  isForAll,
  type Option,
  type OptionName,
  options,
  requiredBy,
  takes,
  wordOf,
} from './options.ts';

/** What was typed after `parley`. */
export type CommandLine =
  | { readonly kind: 'help'; readonly command?: CommandName; readonly flags: Flags }
  | { readonly kind: 'version' }
  | { readonly kind: 'run'; readonly command: CommandName; readonly flags: Flags }
  | PluginLine;

/** What was asked of a plugin; whether there is one, the configuration knows. */
export interface PluginLine {
  readonly kind: 'plugin';
  readonly plugin: string;
  /** What is for the plugin, its command first, as it was typed. */
  readonly args: readonly string[];
  readonly help: boolean;
  readonly flags: Flags;
}

/** The options that were given, as they were typed. */
export interface Flags {
  readonly config?: string;
  readonly cwd?: string;
  readonly profile?: string;
  readonly port?: string;
  readonly host?: string;
  readonly publicUrl?: string;
  readonly from?: string;
  readonly to?: string;
  readonly app?: string;
  readonly bot?: string;
  readonly as?: string;
  readonly at?: string;
  readonly format?: string;
  readonly out?: string;
  readonly since?: string;
  readonly limit?: string;
  readonly texts: boolean;
  readonly emulate: boolean;
  readonly codeOnly: boolean;
  readonly strict: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
}

type Given = ReadonlyMap<OptionName, string | true>;

/** @throws `error.platform.command-line.malformed`, with a suggestion where one is close. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const first = tokensOf(args).find(({ kind }) => kind === 'positional');
  if (first?.kind !== 'positional' || isOwnWord(first.value)) return parseOwnLine(args);
  const { ours, theirs } = share(args.slice(first.index + 1));
  const { given } = read([...args.slice(0, first.index), ...ours]);
  if (given.has('version')) return { kind: 'version' };
  const wrong = [...given.keys()].find((name) => !isForAll(name));
  if (wrong !== undefined)
    malformed(`The option --${wrong} is for no plugin: what is for ${first.value} comes after it.`);
  return { kind: 'plugin', plugin: first.value, args: theirs, help: given.has('help'), flags: flagsOf(given) };
}

/** A line whose options are all our own. */
function parseOwnLine(args: readonly string[]): CommandLine {
  const { given, words } = read(args);
  const isHelp = words[0] === 'help';
  if (isHelp) words.shift();
  const [plugin, ...more] = words;
  if (isHelp && plugin !== undefined && !isOwnWord(plugin)) {
    return { kind: 'plugin', plugin, args: more, help: true, flags: flagsOf(given) };
  }
  const topic = takeCommand(words);
  const command = isHelp ? undefined : topic;
  if (given.has('version')) return { kind: 'version' };
  if (given.has('help') || command === undefined) {
    return { kind: 'help', ...(topic === undefined ? {} : { command: topic }), flags: flagsOf(given) };
  }
  const all = takeWord(command, words, given);
  requireFit(command, words, all);
  return { kind: 'run', command, flags: flagsOf(all) };
}

/** Of what follows a plugin's name the options of every command are ours, up to a `--`, and the rest is the plugin's. */
function share(args: readonly string[]): { readonly ours: readonly string[]; readonly theirs: readonly string[] } {
  const ours: string[] = [];
  const theirs: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string;
    if (arg === '--') return { ours, theirs: [...theirs, ...args.slice(index)] };
    const name = commonOption(arg);
    if (name === undefined) {
      theirs.push(arg);
      continue;
    }
    ours.push(arg);
    const value = args[index + 1];
    if (options[name].type === 'boolean' || arg.includes('=') || value === undefined) continue;
    ours.push(value);
    index += 1;
  }
  return { ours, theirs };
}

/** The option of every command that a word is; `--version` may be a plugin's own. */
function commonOption(arg: string): OptionName | undefined {
  const [typed = ''] = arg.split('=', 1);
  const names = Object.keys(options) as OptionName[];
  return names.find((name) => {
    const { short }: Option = options[name];
    return (
      isForAll(name) && name !== 'version' && (typed === `--${name}` || (short !== undefined && arg === `-${short}`))
    );
  });
}

function tokensOf(args: readonly string[]) {
  return parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

/** @returns the options, and the words between them. */
function read(args: readonly string[]): { readonly given: Given; readonly words: string[] } {
  const given = new Map<OptionName, string | true>();
  const words: string[] = [];
  for (const token of tokensOf(args)) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    given.set(requireOption(token.name, token.rawName), requireValue(token.name as OptionName, token));
  }
  return { given, words };
}

/** The options with the one that a word by itself stands for, which is taken off the words. */
function takeWord(command: CommandName, words: string[], given: Given): Given {
  const name = wordOf(command);
  if (name === undefined || given.has(name)) return given;
  const word = words.shift();
  return word === undefined ? given : new Map([...given, [name, word]]);
}

/** Refuses what does not belong to the command, or is missing. */
function requireFit(command: CommandName, words: readonly string[], given: Given): void {
  const [extra] = words;
  const word = wordOf(command);
  if (extra !== undefined && word !== undefined) {
    malformed(`parley ${command} takes one ${word} at most, but there is ${quote(extra)} too.`);
  }
  if (extra !== undefined) {
    malformed(`parley ${command} takes options only, but there is ${quote(extra)}. Did you mean --cwd ${extra}?`);
  }
  for (const name of given.keys()) if (!takes(command, name)) malformed(`parley ${command} has no option --${name}.`);
  for (const name of requiredBy(command)) {
    const { value = '' }: Option = options[name];
    if (!given.has(name)) malformed(`parley ${command} needs --${name} <${value}>.`);
  }
}

function flagsOf(given: Given): Flags {
  const text = (name: OptionName) => given.get(name) as string | undefined;
  const entries = {
    config: text('config'),
    cwd: text('cwd'),
    profile: text('profile'),
    port: text('port'),
    host: text('host'),
    publicUrl: text('public-url'),
    from: text('from'),
    to: text('to'),
    app: text('app'),
    bot: text('bot'),
    as: text('as'),
    at: text('at'),
    format: text('format'),
    out: text('out'),
    since: text('since'),
    limit: text('limit'),
  };
  return {
    ...(Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as Partial<Flags>),
    emulate: given.has('emulate'),
    texts: given.has('texts'),
    codeOnly: given.has('code-only'),
    strict: given.has('strict'),
    json: given.has('json'),
    verbose: given.has('verbose'),
  };
}

function requireOption(name: string, typed: string): OptionName {
  if (Object.hasOwn(options, name)) return name as OptionName;
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

const names = Object.keys(commands) as readonly CommandName[];

/** Whether a line that begins with this word is about Parley itself, rather than a plugin. */
function isOwnWord(word: string): boolean {
  return word === 'help' || names.some((name) => name.split(' ')[0] === word);
}

/** Takes the command off the words that were typed: some are of two words. */
function takeCommand(words: string[]): CommandName | undefined {
  const [first, second] = words;
  if (first === undefined) return undefined;
  const found = names.find((name) => name === first || name === `${first} ${second}`);
  if (found !== undefined) {
    words.splice(0, found.split(' ').length);
    return found;
  }
  const ofTwo = names.filter((name) => name.startsWith(`${first} `));
  return malformed(`The command is ${ofTwo.map((name) => `parley ${name}`).join(' or ')}.`);
}

/**
 * Refuses a word that is neither a command nor a plugin.
 *
 * @param plugins that have commands.
 */
export function unknownCommand(word: string, plugins: readonly string[]): never {
  const meant = nearest(word, [...names, ...plugins]);
  const known = (list: readonly string[]) =>
    `${list.slice(0, -1).join(', ')}${list.length > 1 ? ' and ' : ''}${list.at(-1)}`;
  const there = `There are ${known(names)}${plugins.length === 0 ? '' : `, and of plugins ${known(plugins)}`}.`;
  malformed(
    `There is no command ${quote(word)}.${meant === undefined ? '' : ` Did you mean parley ${meant}?`} ${there}`,
  );
}

export function quote(word: string): string {
  return `“${word}”`;
}

/** Refuses the command line. */
export function malformed(problem: string, help = 'parley --help'): never {
  throw new ParleyError('error.platform.command-line.malformed', { problem, help });
}
