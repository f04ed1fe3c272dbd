import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Session } from './session.ts';

/** Goes through a script line by line, and writes each down ahead of what comes of it. */
export async function followScript(
  session: Session,
  input: Readable,
  print: (lines: readonly string[]) => void,
): Promise<void> {
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  try {
    for await (const line of lines) {
      if (line.trim() === '') continue;
      print([`> ${line.trim()}`]);
      if ((await session.handle(line)) === 'over') return;
    }
  } finally {
    lines.close();
  }
}
