import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { hashPassword } from '@parley/server';
import { malformed } from './command-line.ts';
import type { Output } from './output.ts';

/** Shorter ones are guessed (NIST SP 800-63B-4: 15 characters where a password is all that is asked for). */
const SHORTEST = 15;

/** `parley password`: takes a password, without showing it, and prints what stands for it in a configuration. */
export async function password(_flags: unknown, output: Output): Promise<number> {
  const typed = await readPassword();
  if (typed.length < SHORTEST) malformed(`A password has ${SHORTEST} characters at least; a few words will do.`);
  output.write(`${await hashPassword(typed)}\n`);
  return 0;
}

/** One line of standard input; from a terminal without an echo. */
function readPassword(): Promise<string> {
  const isTerminal = process.stdin.isTTY === true;
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: isTerminal });
  if (isTerminal) process.stderr.write('Password: ');
  return new Promise((resolve) => {
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
      if (isTerminal) process.stderr.write('\n');
    });
    lines.once('close', () => resolve(''));
  });
}
