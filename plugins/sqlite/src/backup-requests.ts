import { chmodSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { codeOf, type Log, ParleyError } from '@parley/core';

/**
 * How another process asks the one that has the database open for a copy: a socket beside the file, which nobody but the user of the
 * server may use. One line of JSON each way.
 */

interface Request {
  /** The whole path of the copy. */
  readonly file: string;
}

/** `{}` once the copy is there. */
interface Answer {
  readonly code?: string;
  readonly reason?: string;
}

/** A path that is longer is cut off by the system (`sun_path` of unix(7), less the end). */
const LONGEST_PATH = 103;

/** Answers requests for copies while a database is open. */
export class BackupRequests {
  readonly #path: string;
  readonly #copy: (file: string) => Promise<void>;
  readonly #log: Log;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  /** @param file the database's */
  constructor(file: string, copy: (file: string) => Promise<void>, log: Log) {
    this.#path = socketOf(file);
    this.#copy = copy;
    this.#log = log;
  }

  /** Copies can be asked for from here on, if the system lets us; that it does not must not keep a server from starting. */
  async open(): Promise<void> {
    if (this.#path.length > LONGEST_PATH) {
      return this.#log.warn({ path: this.#path }, 'the path is too long for a socket: no backup can be asked for');
    }
    // What a process that was killed has left: the file is ours alone, so nobody listens there.
    rmSync(this.#path, { force: true });
    const server = createServer((socket) => this.#serve(socket));
    this.#server = server;
    const failure = await new Promise<Error | undefined>((settle) => {
      server.once('error', settle);
      server.listen(this.#path, () => settle(undefined));
    });
    if (failure === undefined) return chmodSync(this.#path, 0o600);
    this.#server = undefined;
    this.#log.warn({ code: codeOf(failure) }, 'the socket could not be opened: no backup can be asked for');
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    await new Promise((closed) => {
      server.close(closed);
      for (const socket of this.#sockets) socket.destroy();
    });
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => {});
    createInterface(socket).once('line', (line) => {
      void this.#answer(line).then((answer) => socket.end(`${JSON.stringify(answer)}\n`));
    });
  }

  async #answer(line: string): Promise<Answer> {
    try {
      const { file } = JSON.parse(line) as Request;
      await this.#copy(file);
      this.#log.info({ file }, 'backed up on request');
      return {};
    } catch (error) {
      const { cause } = error as { readonly cause?: unknown };
      return { code: codeOf(error), ...(cause instanceof Error ? { reason: cause.message } : {}) };
    }
  }
}

/**
 * Asks the process that has a database open for a copy. Resolves to `false` when there is no such process.
 *
 * @throws `error.platform.storage.failed`
 */
export async function requestBackup(database: string, file: string): Promise<boolean> {
  const socket = createConnection(socketOf(database));
  const connected = await new Promise<boolean>((settle) => {
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
  if (!connected) return false;
  const request: Request = { file: resolve(file) };
  socket.write(`${JSON.stringify(request)}\n`);
  const { code, reason } = await answerOn(socket);
  if (code === undefined) return true;
  throw new ParleyError('error.platform.storage.failed', {}, { cause: new Error(reason ?? code) });
}

async function answerOn(socket: Socket): Promise<Answer> {
  for await (const line of createInterface(socket)) return JSON.parse(line) as Answer;
  return { code: 'error.platform.storage.closed', reason: 'The server stopped before the copy was whole.' };
}

function socketOf(database: string): string {
  return `${resolve(database)}.sock`;
}
