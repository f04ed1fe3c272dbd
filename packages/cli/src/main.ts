import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { codeOf, ParleyError } from '@parley/core';
import { check } from './check/check.ts';
import { type Flags, malformed, parseCommandLine } from './command-line.ts';
import { configuredOrganization, NO_DATA } from './config/configured.ts';
import { dev } from './dev/dev.ts';
import { helpText } from './help.ts';
import type { CommandName } from './options.ts';
import { createOutput, type Output, OutputClosed } from './output.ts';
import { password } from './password.ts';
import { listCommands } from './plugins/help.ts';
import { runPlugin } from './plugins/run.ts';
import { describeError } from './report.ts';
import { checkFlags } from './settings.ts';
import { start } from './start.ts';
import { backUpStorage } from './storage/backup.ts';
import { copyStorageCommand } from './storage/command.ts';

/** How the process ends; when nobody reads what it prints, as SIGPIPE would end it. */
const EXIT = { fine: 0, failed: 1, misused: 2, unread: 128 + 13 } as const;

/** Runs the command and ends the process: 0 when it was stopped, 1 when it failed, 2 when it was not understood. */
export async function main(args: readonly string[]): Promise<never> {
  try {
    process.exit(await run(args));
  } catch (error) {
    if (error instanceof OutputClosed) process.exit(EXIT.unread);
    const verbose = args.includes('--verbose');
    process.stderr.write(`${describeError(error, { folder: process.cwd(), verbose })}\n`);
    process.exit(isMisuse(error) ? EXIT.misused : EXIT.failed);
  }
}

async function run(args: readonly string[]): Promise<number> {
  const line = parseCommandLine(args);
  if (line.kind === 'version') return print(`${versionOfThis()}\n`);
  checkFlags(line.flags);
  enter(line.flags);
  switch (line.kind) {
    case 'help': {
      const others = line.command === undefined ? await commandsOfPlugins(line.flags) : '';
      return print(helpText(line.command, others));
    }
    case 'plugin':
      return printed((output) => runPlugin(line, output));
    case 'run':
      return isServing(line.command)
        ? serving[line.command](line.flags)
        : printed((output) => printing[line.command as keyof typeof printing](line.flags, output));
  }
}

/** The commands that go on until they are stopped. */
const serving = {
  dev,
  async start(flags) {
    await start(flags);
    return EXIT.fine;
  },
} as const satisfies Partial<Record<CommandName, (flags: Flags) => Promise<number>>>;

/** Those that end by themselves, and answer on standard output. What only one of them needs is loaded when it is asked for. */
const printing = {
  chat: async (flags, output) => (await import('./chat/chat.ts')).chat(flags, output),
  check,
  diagram: async (flags, output) => (await import('./diagram/diagram.ts')).diagram(flags, output),
  password,
  replay: async (flags, output) => (await import('./replay/replay.ts')).replay(flags, output),
  'storage backup': backUpStorage,
  'storage copy': copyStorageCommand,
} as const satisfies Record<
  Exclude<CommandName, keyof typeof serving>,
  (flags: Flags, output: Output) => Promise<number>
>;

function isServing(command: CommandName): command is keyof typeof serving {
  return command in serving;
}

function print(text: string): Promise<number> {
  return printed(async (output) => {
    output.write(text);
    return EXIT.fine;
  });
}

/** Runs what prints to the end, and until all of it has been handed over: the process exits right after. */
async function printed(run: (output: Output) => Promise<number>): Promise<number> {
  const output = createOutput(process.stdout);
  try {
    return await run(output);
  } finally {
    await output.flush();
  }
}

/** The commands that the configuration adds; a help is there without it, too. */
async function commandsOfPlugins(flags: Flags): Promise<string> {
  try {
    return listCommands((await configuredOrganization(flags, NO_DATA)).plugins);
  } catch (error) {
    if (flags.config === undefined && codeOf(error) === 'error.platform.config.not-found') return '';
    const [problem] = describeError(error, { folder: process.cwd(), verbose: false }).split('\n', 1);
    return `Commands of the plugins can not be listed. ${problem}\n`;
  }
}

/** Goes to the project's folder: relative files of the configuration, such as the database, are there. */
function enter({ cwd }: Flags): void {
  if (cwd === undefined) return;
  try {
    process.chdir(resolve(cwd));
  } catch {
    malformed(`There is no folder ${cwd}.`);
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
