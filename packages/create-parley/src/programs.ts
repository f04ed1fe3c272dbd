import { spawn } from 'node:child_process';

/** Whether a program of this name ran to its end; what it printed goes with it. */
export interface Ran {
  readonly fine: boolean;
  readonly output: string;
}

/** Runs a program to its end, without input. One that is not there has not run fine. */
export function run(program: string, args: readonly string[], folder: string): Promise<Ran> {
  return new Promise((resolve) => {
    // On Windows npm is a script of the shell; none of the arguments is anybody's input.
    const child = spawn(program, args, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    const keep = (data: Buffer): void => {
      output += data;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => resolve({ fine: false, output: error.message }));
    child.once('close', (code) => resolve({ fine: code === 0, output }));
  });
}

/** Makes a repository, unless the folder is in one already; nobody misses it where there is no git. */
export async function initRepository(folder: string): Promise<boolean> {
  const inside = await run('git', ['rev-parse', '--is-inside-work-tree'], folder);
  if (inside.fine) return false;
  return (await run('git', ['init', '--quiet'], folder)).fine;
}

/** Fetches the packages of a project. */
export function installPackages(folder: string): Promise<Ran> {
  return run('npm', ['install', '--no-audit', '--no-fund'], folder);
}
