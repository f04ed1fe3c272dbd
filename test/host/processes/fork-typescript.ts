import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// The command line brings what loads TypeScript.
const tsx = createRequire(new URL('../../../packages/cli/package.json', import.meta.url)).resolve('tsx');

/** Runs a file beside this one in a process of its own, on the sources of the packages. */
export function forkTypescript(file: string, ...args: readonly string[]): ChildProcess {
  return fork(new URL(file, import.meta.url), args, {
    execArgv: ['--conditions', 'parley-source', '--import', pathToFileURL(tsx).href],
    // What the test runner sets for itself is not the child's.
    env: { PATH: process.env.PATH ?? '' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}
