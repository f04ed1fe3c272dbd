import { type CommandName, commands, type Option, optionsOf, wordOf } from './options.ts';

const ENVIRONMENT = [
  ['PORT, HOST', 'as --port and --host'],
  ['PARLEY_PUBLIC_URL', 'as --public-url'],
  ['PARLEY_PROFILE', 'as --profile'],
  ['LOG_LEVEL', 'debug, info, warn, error or silent. Default: info'],
] as const;

/**
 * What `parley --help` prints.
 *
 * @param others lines about the commands of plugins.
 */
export function helpText(command?: CommandName, others = ''): string {
  const heading =
    command === undefined
      ? [
          'Usage: parley <command> [options]',
          '',
          ...table(Object.entries(commands).map(([name, { help }]) => [name, help])),
        ]
      : [`Usage: parley ${command}${wordUsage(command)} [options]`, '', `${commands[command].help}.`];
  return [
    ...heading,
    '',
    ...(others === '' ? [] : [others]),
    'Options',
    ...table(optionsOf(command).map(([name, option]) => [label(name, option), option.help])),
    '',
    'Environment (and .env beside the configuration; the environment goes first)',
    ...table(ENVIRONMENT),
    '',
  ].join('\n');
}

function wordUsage(command: CommandName): string {
  const word = wordOf(command);
  return word === undefined ? '' : ` [${word}]`;
}

function label(name: string, { short, value }: Option): string {
  const long = value === undefined ? `--${name}` : `--${name} <${value}>`;
  return short === undefined ? `    ${long}` : `-${short}, ${long}`;
}

/** Rows of two columns, as a help has them. */
export function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
