import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Choices } from './choices.ts';
import { help, parseCommandLine } from './command-line.ts';
import { lively, type Narrator, plain } from './narrator.ts';
import { initRepository, installPackages } from './programs.ts';
import { writeProject } from './project.ts';
import { ask, fillIn } from './questions.ts';
import { Refusal } from './refusal.ts';
import { problemWithFolder } from './target.ts';

/** How the process ends; when the person gives up at a question, as SIGINT would end it. */
const EXIT = { fine: 0, givenUp: 128 + 2 } as const;

/** Runs `create-parley`, and resolves to the exit code: 1 when it could not be done, 2 when it was not understood. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const line = parseCommandLine(args);
    if (line.kind === 'help') return print(help);
    if (line.kind === 'version') return print(`${versionOfThis()}\n`);
    const mayAsk = !line.yes && process.stdin.isTTY && process.stdout.isTTY;
    return await (mayAsk ? createAsking(line.given) : create(fillIn(line.given), plain));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
}

async function createAsking(given: Partial<Choices>): Promise<number> {
  const problem = given.folder === undefined ? undefined : problemWithFolder(given.folder);
  if (problem !== undefined) throw new Refusal(problem);
  lively.begin();
  const choices = await ask(given);
  if (choices !== undefined) return create(choices, lively);
  lively.end('Given up: nothing was made.');
  return EXIT.givenUp;
}

async function create(choices: Choices, narrator: Narrator): Promise<number> {
  const folder = resolve(choices.folder);
  const files = writeProject(choices);
  if (choices.git) await initRepository(folder);
  if (choices.install) await install(folder, narrator);
  const steps = [`cd ${quoteForShell(choices.folder)}`, ...(choices.install ? [] : ['npm install']), 'npm run dev'];
  narrator.end(`${choices.name} is in ${folder}: ${files.join(', ')}\n\n  ${steps.join('\n  ')}\n`);
  return EXIT.fine;
}

function quoteForShell(folder: string): string {
  return /[^\w./~-]/.test(folder) ? `"${folder}"` : folder;
}

async function install(folder: string, narrator: Narrator): Promise<void> {
  const { fine, output } = await narrator.during('Installing its packages …', installPackages(folder));
  if (fine) return;
  throw new Refusal(
    `${output.trimEnd()}\n\nThe project is in ${folder}, but npm could not install its packages: see above.`,
  );
}

function print(text: string): number {
  process.stdout.write(text);
  return EXIT.fine;
}

function versionOfThis(): string {
  const { version }: { version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return version;
}
