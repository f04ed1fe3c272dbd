import type { IncomingMessage } from 'node:http';

/** A body as far as it was read. */
export type ReadBody =
  | { readonly kind: 'whole'; readonly body: Uint8Array }
  /** Larger than the limit; `drained` tells whether the client has sent it all, so that the connection can be used on. */
  | { readonly kind: 'too-large'; readonly drained: boolean }
  /** The client went away before it had sent everything. */
  | { readonly kind: 'aborted' };

const EMPTY = new Uint8Array(0);

/**
 * How much of a body beyond the limit is read and thrown away. A client that is still sending does not read an answer;
 * when the connection is cut under it, it never learns that the body was too large.
 */
const DRAIN = 1024 * 1024;

/**
 * Reads a request's body up to `limit` bytes, whatever its content-length says; no more than `limit` bytes are ever held.
 * Never rejects.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<ReadBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;

    const settle = (result: ReadBody) => {
      request.off('data', take).off('end', finish).off('close', abort).off('error', abort);
      // An aborted request emits an error later; with nobody listening it would end the process.
      request.on('error', ignore);
      resolve(result);
    };
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      if (size > limit + DRAIN) {
        request.pause();
        settle({ kind: 'too-large', drained: false });
      }
    };
    const finish = () => {
      settle(size > limit ? { kind: 'too-large', drained: true } : { kind: 'whole', body: join(chunks) });
    };
    const abort = () => settle({ kind: 'aborted' });

    request.on('data', take).on('end', finish).on('close', abort).on('error', abort);
  });
}

/** A body of one chunk, as webhooks have, is not copied. */
function join(chunks: readonly Buffer[]): Uint8Array {
  const [first] = chunks;
  if (first === undefined) return EMPTY;
  return chunks.length === 1 ? first : Buffer.concat(chunks);
}

function ignore(): void {}
