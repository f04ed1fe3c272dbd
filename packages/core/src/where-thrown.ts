import { fileURLToPath } from 'node:url';

/** Frames of a stack with a file: `at menu (/project/bots/menu.ts:12:5)`. */
const FRAMES = /(?:\(|at (?:async )?)((?:file:\/\/)?\/[^():]+):(\d+:\d+)\)?$/gm;

/** What calls bots, and throws at times. */
const OURS = fileURLToPath(new URL('..', import.meta.url));

/** The line of a bot at which something was thrown, `/project/bots/menu.ts:12:5`; `undefined` when it was not thrown by one. */
export function whereThrown(error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  for (const [, frame = '', position] of stack.matchAll(FRAMES)) {
    const file = frame.startsWith('file:') ? fileURLToPath(frame) : frame;
    // A package that the bot has called.
    if (file.includes('/node_modules/')) continue;
    return file.startsWith(OURS) ? undefined : `${file}:${position}`;
  }
  return undefined;
}
