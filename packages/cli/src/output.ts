import type { CommandContext } from '@parley/core';

/** Nobody reads any more of what a command prints: `parley … | head`. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/** Where a command that ends by itself prints. */
export interface Output {
  /** @throws {@link OutputClosed} once its reader has gone, so that the command ends in order. */
  write(text: string): boolean;
  /** Resolves when all of it has been handed over. */
  flush(): Promise<void>;
}

export function createOutput(stream: NodeJS.WritableStream): Output & CommandContext['output'] {
  let closed = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    closed = true;
  });
  return {
    write(text) {
      if (closed) throw new OutputClosed();
      return stream.write(text);
    },
    flush: () => new Promise((resolve) => (closed ? resolve() : stream.write('', () => resolve()))),
  };
}
