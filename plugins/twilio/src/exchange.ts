import type { Deadline, Deadlines } from '@parley/core';
import type { Dispatcher } from 'undici';
import type { CallTrace } from './http-client.ts';

/** One request, as it goes over the wire. */
export interface Request {
  readonly origin: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** What came back, whatever it says. */
export interface Answer {
  readonly status: number;
  /** As it is in the header. */
  readonly retryAfter: string | string[] | undefined;
  readonly body: string;
}

/**
 * Posts one request and reads its answer as a whole, without the streams that undici's own `request` makes for it.
 *
 * Nothing is tried twice: whether that is safe, the one who asked decides. Until undici has a connection for it, a request that is called off
 * or runs out of time is never written, and `trace.begun` says so.
 *
 * @throws what undici says, and the signal's reason.
 */
export function exchange(
  pool: Dispatcher,
  request: Request,
  { deadlines, signal, trace }: { deadlines: Deadlines; signal: AbortSignal; trace: CallTrace },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const handler = new Exchange(signal, trace, resolve, reject);
    handler.endBy(deadlines.begin(() => handler.timeOut()));
    pool.dispatch({ ...request, method: 'POST' }, handler);
  });
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal;
  readonly #trace: CallTrace;
  readonly #resolve: (answer: Answer) => void;
  readonly #reject: (error: unknown) => void;
  readonly #chunks: Buffer[] = [];
  #status = 0;
  #retryAfter: string | string[] | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #deadline: Deadline | undefined;
  #isOver = false;

  constructor(
    signal: AbortSignal,
    trace: CallTrace,
    resolve: (answer: Answer) => void,
    reject: (error: unknown) => void,
  ) {
    this.#signal = signal;
    this.#trace = trace;
    this.#resolve = resolve;
    this.#reject = reject;
    signal.addEventListener('abort', this);
  }

  endBy(deadline: Deadline): void {
    this.#deadline = deadline;
  }

  timeOut(): void {
    this.#trace.timedOut = true;
    this.#callOff(new Error('No answer in time'));
  }

  /** The signal's. */
  handleEvent(): void {
    this.#callOff(this.#signal.reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#isOver) return controller.abort(new Error('Called off'));
    this.#controller = controller;
    this.#trace.begun = true;
  }

  onResponseStart(_: unknown, status: number, headers: Record<string, string | string[] | undefined>): void {
    this.#status = status;
    this.#retryAfter = headers['retry-after'];
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (!this.#end()) return;
    const [first] = this.#chunks;
    const whole = this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, retryAfter: this.#retryAfter, body: whole.toString() });
  }

  onResponseError(_: unknown, error: Error): void {
    if (this.#end()) this.#reject(error);
  }

  #callOff(reason: unknown): void {
    if (!this.#end()) return;
    this.#reject(reason);
    this.#controller?.abort(reason instanceof Error ? reason : new Error('Called off'));
  }

  /** Whether it had not ended before. */
  #end(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#deadline?.end();
    this.#signal.removeEventListener('abort', this);
    return true;
  }
}
