/** One option of the command line. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** How its value is called in the help. */
  readonly value?: string;
  readonly help: string;
}

/** Every option. */
export const options = {
  config: { type: 'string', short: 'c', value: 'file', help: 'The configuration. Default: parley.config.ts' },
  cwd: {
    type: 'string',
    value: 'folder',
    help: 'The project: where .env and relative files are. Default: this folder',
  },
  profile: {
    type: 'string',
    value: 'name',
    help: 'The profile of the configuration. Default: $PARLEY_PROFILE, else dev of dev and production of start',
  },
  port: {
    type: 'string',
    short: 'p',
    value: 'number',
    help: 'Where to listen; 0 takes any free port. Default: $PORT, else 3000',
  },
  host: { type: 'string', value: 'address', help: 'The address to listen at. Default: $HOST, else 127.0.0.1' },
  'public-url': {
    type: 'string',
    value: 'url',
    help: 'Where the world reaches this server. Default: $PARLEY_PUBLIC_URL, else what the configuration says',
  },
  emulate: { type: 'boolean', help: 'Texts stay on this computer, whatever credentials there are' },
  from: {
    type: 'string',
    value: 'storage',
    help: 'Where the data is: sqlite:<file>, postgres://…, or config, which all but copy take by themselves',
  },
  to: { type: 'string', value: 'storage', help: 'Where it shall be: of copy an empty storage, of backup a file' },
  app: { type: 'string', value: 'id', help: 'Only this app. Default: the one that there is, or that has the bot' },
  bot: {
    type: 'string',
    value: 'id',
    help: 'The bot: chat begins with it, diagram draws it, replay looks at no other',
  },
  as: { type: 'string', value: 'number', help: 'Who is texting. Default: +14155550123' },
  at: {
    type: 'string',
    value: 'time',
    help: 'When the chat begins, ISO 8601. Default: now, of a script 2026-01-05T17:00:00Z',
  },
  format: { type: 'string', value: 'mermaid|svg', help: 'Default: as the name of --out ends, else mermaid' },
  out: { type: 'string', value: 'file', help: 'Where to write it. Default: standard output' },
  texts: { type: 'boolean', help: 'With what the bot says, shortened' },
  since: { type: 'string', value: 'time', help: 'Only journeys that began since then: ISO 8601, or a span as in 7d' },
  limit: { type: 'string', value: 'number', help: 'How many journeys at most, from the newest on. Default: 1000' },
  'code-only': { type: 'boolean', help: 'Look at the code alone, not at journeys that run: no data is needed' },
  strict: { type: 'boolean', help: 'Exit with 1 on warnings, too' },
  json: { type: 'boolean', help: 'Print JSON, for programs' },
  verbose: { type: 'boolean', help: 'Show where an error came from' },
  help: { type: 'boolean', short: 'h', help: 'Show this' },
  version: { type: 'boolean', short: 'v', help: 'Show the version' },
} as const satisfies Record<string, Option>;

/** The name of an option, without its dashes. */
export type OptionName = keyof typeof options;

interface Command {
  /** What it does. */
  readonly help: string;
  /** The options that it takes besides those of every command. */
  readonly options: readonly OptionName[];
  /** Those that it can not do without. */
  readonly required?: readonly OptionName[];
  /** The option that a word by itself stands for. */
  readonly word?: OptionName;
}

const SERVING = ['port', 'host', 'public-url', 'emulate'] as const satisfies readonly OptionName[];

/** The options of every command. */
const COMMON = ['config', 'cwd', 'profile', 'verbose', 'help', 'version'] as const satisfies readonly OptionName[];

/** Every command. */
export const commands = {
  start: { help: 'Serve the organization: for production', options: SERVING },
  dev: {
    help: 'Serve it to yourself: a phone in the browser, an emulator in place of missing credentials, reload on change',
    options: SERVING,
  },
  chat: {
    help: 'Talk to a bot here in the terminal, in memory and in a time of its own; from a script, too',
    options: ['bot', 'app', 'as', 'at'],
    word: 'bot',
  },
  check: {
    help: 'Say what is wrong with bots, and which running journeys this code could not go on with: before a deploy',
    options: ['from', 'code-only', 'strict', 'json'],
  },
  diagram: {
    help: 'Draw a bot, or all of an app, as Mermaid or SVG',
    options: ['bot', 'app', 'format', 'out', 'texts'],
    word: 'bot',
  },
  password: {
    help: 'Take a password, and print what stands for it under access in the configuration',
    options: [],
  },
  replay: {
    help: 'Run recorded journeys against this code, and show what would now be said differently',
    options: ['from', 'bot', 'app', 'since', 'limit', 'json'],
    word: 'bot',
  },
  'storage backup': {
    help: 'Copy the SQLite file of the configuration to another: also while a server runs',
    options: ['from', 'to'],
    required: ['to'],
  },
  'storage copy': {
    help: 'Copy all data to another storage and compare the two: while no server runs',
    options: ['from', 'to', 'json'],
    required: ['from', 'to'],
  },
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof commands;

/** The options that a command takes; of all commands together without one. */
export function optionsOf(command: CommandName | undefined): readonly (readonly [OptionName, Option])[] {
  const names = Object.keys(options) as OptionName[];
  const own: readonly OptionName[] = command === undefined ? names : commands[command].options;
  return names.filter((name) => own.includes(name) || isForAll(name)).map((name) => [name, options[name]]);
}

export function takes(command: CommandName, name: OptionName): boolean {
  return isForAll(name) || (commands[command].options as readonly OptionName[]).includes(name);
}

export function requiredBy(command: CommandName): readonly OptionName[] {
  const { required = [] }: Command = commands[command];
  return required;
}

/** The option that a word after the command stands for, if it takes one. */
export function wordOf(command: CommandName): OptionName | undefined {
  const { word }: Command = commands[command];
  return word;
}

/** Whether every command takes it, those of plugins too. */
export function isForAll(name: OptionName): boolean {
  return (COMMON as readonly OptionName[]).includes(name);
}
