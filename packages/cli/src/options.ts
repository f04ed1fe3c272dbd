/** One option of the command line. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** How its value is called in the help. */
  readonly value?: string;
  readonly help: string;
}

/** Every option; both commands take all of them. The help is made of this table. */
export const options = {
  config: { type: 'string', short: 'c', value: 'file', help: 'The configuration. Default: parley.config.ts' },
  cwd: {
    type: 'string',
    value: 'folder',
    help: 'The project: where .env and relative files are. Default: this folder',
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
  verbose: { type: 'boolean', help: 'Show where an error came from' },
  help: { type: 'boolean', short: 'h', help: 'Show this' },
  version: { type: 'boolean', short: 'v', help: 'Show the version' },
} as const satisfies Record<string, Option>;

/** The name of an option, without its dashes. */
export type OptionName = keyof typeof options;

/** Every command, with what it does. */
export const commands = {
  start: 'Serve the organization: for production',
  dev: 'Serve it to yourself: a phone in the browser, an emulator in place of missing credentials, reload on change',
} as const;

export type CommandName = keyof typeof commands;
