import { type Deadline, Deadlines } from './deadlines.ts';
import type { Clock } from './runtime.ts';

export interface TimeLimitOptions {
  readonly clock: Clock;
  /** How long anything may take, in milliseconds. */
  readonly length: number;
  /** What is thrown when it takes longer. */
  readonly tooLong: () => Error;
}

/** Lets things take only so long, and calls all of them off when asked. */
export class TimeLimit {
  readonly #deadlines: Deadlines;
  readonly #tooLong: () => Error;
  readonly #underWay = new Set<Attempt>();
  #calledOff: Error | undefined;

  constructor({ clock, length, tooLong }: TimeLimitOptions) {
    this.#deadlines = new Deadlines(clock, length);
    this.#tooLong = tooLong;
  }

  get isCalledOff(): boolean {
    return this.#calledOff !== undefined;
  }

  /**
   * Runs something, and rejects once it has taken too long or is called off. What does not look at its signal is not waited for.
   *
   * A promise and an AbortController each: signals made of several and races cost a send more than everything else around it.
   */
  run<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    if (this.#calledOff !== undefined) return Promise.reject(this.#calledOff);
    return new Promise<Result>((resolve, reject) => {
      const attempt = this.#begin(reject);
      const done = (result: Result) => {
        this.#end(attempt);
        resolve(result);
      };
      const fail = (error: unknown) => {
        this.#end(attempt);
        reject(error);
      };
      try {
        work(attempt.controller.signal).then(done, fail);
      } catch (error) {
        fail(error);
      }
    });
  }

  /** Calls off what is under way, and lets nothing begin any more. */
  callOff(reason: Error): void {
    this.#calledOff = reason;
    for (const attempt of this.#underWay) this.#callOff(attempt, reason);
  }

  #begin(reject: Attempt['reject']): Attempt {
    const attempt: Attempt = {
      controller: new AbortController(),
      deadline: this.#deadlines.begin(() => this.#callOff(attempt, this.#tooLong())),
      reject,
    };
    this.#underWay.add(attempt);
    return attempt;
  }

  #end(attempt: Attempt): void {
    attempt.deadline.end();
    this.#underWay.delete(attempt);
  }

  #callOff(attempt: Attempt, reason: Error): void {
    this.#end(attempt);
    attempt.reject(reason);
    attempt.controller.abort(reason);
  }
}

interface Attempt {
  readonly controller: AbortController;
  readonly deadline: Deadline;
  readonly reject: (reason: unknown) => void;
}
