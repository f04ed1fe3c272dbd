import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ParleyError } from '@parley/core';
import { check } from './check/check.ts';
import { type Flags, parseCommandLine } from './command-line.ts';
import { dev } from './dev/dev.ts';
import { helpText } from './help.ts';
import type { CommandName } from './options.ts';
import { describeError } from './report.ts';
import { checkFlags } from './settings.ts';
import { start } from './start.ts';
import { backUpStorage } from './storage/backup.ts';
import { copyStorageCommand } from './storage/command.ts';

/** How the process ends. */
const EXIT = { fine: 0, failed: 1, misused: 2 } as const;

/** Runs the command and ends the process: 0 when it was stopped, 1 when it failed, 2 when it was not understood. */
export async function main(args: readonly string[]): Promise<never> {
  try {
    process.exit(await run(args));
  } catch (error) {
    const verbose = args.includes('--verbose');
    process.stderr.write(`${describeError(error, { folder: process.cwd(), verbose })}\n`);
    process.exit(isMisuse(error) ? EXIT.misused : EXIT.failed);
  }
}

async function run(args: readonly string[]): Promise<number> {
  const line = parseCommandLine(args);
  switch (line.kind) {
    case 'help':
      process.stdout.write(helpText(line.command));
      return EXIT.fine;
    case 'version':
      process.stdout.write(`${versionOfThis()}\n`);
      return EXIT.fine;
    case 'run':
      checkFlags(line.flags);
      enter(line.flags);
      return commandsByName[line.command](line.flags);
  }
}

const commandsByName: Readonly<Record<CommandName, (flags: Flags) => Promise<number>>> = {
  dev,
  check,
  'storage backup': backUpStorage,
  'storage copy': copyStorageCommand,
  async start(flags) {
    await start(flags);
    return EXIT.fine;
  },
};

/** Goes to the project's folder: relative files of the configuration, such as the database, are there. */
function enter({ cwd }: Flags): void {
  if (cwd === undefined) return;
  try {
    process.chdir(resolve(cwd));
  } catch (cause) {
    const problem = `There is no folder ${cwd}.`;
    throw new ParleyError('error.platform.command-line.malformed', { problem, help: 'parley --help' }, { cause });
  }
}

function isMisuse(error: unknown): boolean {
  return error instanceof ParleyError && error.code === 'error.platform.command-line.malformed';
}

function versionOfThis(): string {
  const file = new URL('../package.json', import.meta.url);
  const { version }: { version: string } = JSON.parse(readFileSync(file, 'utf8'));
  return version;
}
