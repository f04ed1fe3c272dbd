import { type CommandName, commands, type Option, optionsOf } from './options.ts';

const ENVIRONMENT = [
  ['PORT, HOST', 'as --port and --host'],
  ['PARLEY_PUBLIC_URL', 'as --public-url'],
  ['LOG_LEVEL', 'debug, info, warn, error or silent. Default: info'],
] as const;

/** What `parley --help` prints. */
export function helpText(command?: CommandName): string {
  const heading =
    command === undefined
      ? [
          'Usage: parley <command> [options]',
          '',
          ...table(Object.entries(commands).map(([name, { help }]) => [name, help])),
        ]
      : [`Usage: parley ${command} [options]`, '', `${commands[command].help}.`];
  return [
    ...heading,
    '',
    'Options',
    ...table(optionsOf(command).map(([name, option]) => [label(name, option), option.help])),
    '',
    'Environment (and .env beside the configuration; the environment goes first)',
    ...table(ENVIRONMENT),
    '',
  ].join('\n');
}

function label(name: string, { short, value }: Option): string {
  const long = value === undefined ? `--${name}` : `--${name} <${value}>`;
  return short === undefined ? `    ${long}` : `-${short}, ${long}`;
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
