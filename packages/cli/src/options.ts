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
    help: 'Where the data is: sqlite:<file>, postgres://…, or config, which check and backup take by themselves',
  },
  to: { type: 'string', value: 'storage', help: 'Where it shall be: of copy an empty storage, of backup a file' },
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
  check: {
    help: 'Say which running journeys this code could not go on with, and what plugins warn of: before a deploy',
    options: ['from', 'code-only', 'strict', 'json'],
  },
  password: {
    help: 'Take a password, and print what stands for it under access in the configuration',
    options: [],
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

/** Whether every command takes it, those of plugins too. */
export function isForAll(name: OptionName): boolean {
  return (COMMON as readonly OptionName[]).includes(name);
}
