import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ParleyError } from '@parley/core';
import { isAway, isInTheWay, storageFailed } from './failures.ts';
import type { BatchOutcome, Job, Settled } from './turn-batch.ts';

export interface TurnQueueOptions {
  /** Does several jobs; they come in the order in which they were asked for. */
  readonly run: (jobs: readonly Job[]) => Promise<BatchOutcome>;
  /** What was committed has to be looked at then. */
  readonly committed: (dueAt: number) => void;
  /** How many batches are under way at a time. */
  readonly batches: number;
  readonly maxBatch: number;
}

interface Entry {
  readonly job: Job;
  /** Jobs of one lane are never in two batches at a time, and stay in their order. */
  readonly lane: string;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
  /** How often other processes were faster. */
  overtaken: number;
  /** It was in a batch that PostgreSQL refused: one of them is at fault, and they find out which on their own. */
  alone: boolean;
}

/**
 * After that many times, some seconds, a job is given up: others write this conversation all the time. Fifty were too few for a STOP while
 * another process settled a thousand messages of the same person.
 */
const MOST_OVERTAKEN = 300;

/**
 * Gathers turns into batches: whatever comes in one pass of the event loop, or while all batches are under way, goes into the
 * next. So a lone turn goes at once, and batches are the larger the busier the process is. Turns of one
 * conversation wait for each other in here, where that costs no connection.
 */
export class TurnQueue {
  readonly #options: TurnQueueOptions;
  #waiting: Entry[] = [];
  readonly #busy = new Set<string>();
  #underWay = 0;
  #scheduled = false;
  #closed = false;
  #emptied: (() => void) | undefined;

  constructor(options: TurnQueueOptions) {
    this.#options = options;
  }

  submit<Value>(job: Job): Promise<Value> {
    if (this.#closed) return Promise.reject(new ParleyError('error.platform.storage.closed'));
    return new Promise<Value>((resolve, reject) => {
      const lane = job.kind === 'turn' ? job.key : job.id;
      this.#waiting.push({ job, lane, resolve, reject, overtaken: 0, alone: false });
      this.#schedule();
    });
  }

  /** Takes nothing more in; resolves when all that waits is done. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#waiting.length + this.#underWay === 0) return;
    await new Promise<void>((resolve) => {
      this.#emptied = resolve;
    });
  }

  #schedule(): void {
    if (this.#scheduled || this.#underWay >= this.#options.batches) return;
    this.#scheduled = true;
    // After the poll phase: whatever sockets had to say in this pass of the event loop is in the queue by then.
    setImmediate(() => {
      this.#scheduled = false;
      this.#begin();
    });
  }

  #begin(): void {
    while (this.#underWay < this.#options.batches) {
      const batch = this.#take();
      if (batch.length === 0) break;
      this.#underWay++;
      void this.#work(batch);
    }
    if (this.#waiting.length + this.#underWay === 0) this.#emptied?.();
  }

  /** The oldest jobs of conversations that no batch is at. */
  #take(): readonly Entry[] {
    const { maxBatch } = this.#options;
    const batch: Entry[] = [];
    const rest: Entry[] = [];
    const behind = new Set<string>();
    let looked = 0;
    for (const entry of this.#waiting) {
      if (batch.length >= maxBatch || batch[0]?.alone === true) break;
      looked++;
      // One that has to be alone waits for a batch of its own, and its lane with it.
      const fits = batch.length === 0 || !entry.alone;
      if (fits && !this.#busy.has(entry.lane) && !behind.has(entry.lane)) {
        batch.push(entry);
      } else {
        rest.push(entry);
        behind.add(entry.lane);
      }
    }
    this.#waiting = [...rest, ...this.#waiting.slice(looked)];
    for (const { lane } of batch) this.#busy.add(lane);
    return batch;
  }

  async #work(batch: readonly Entry[]): Promise<void> {
    let again: readonly Entry[] = [];
    try {
      const { settled, dueAt } = await this.#options.run(batch.map(({ job }) => job));
      if (dueAt !== undefined) this.#options.committed(dueAt);
      again = batch.filter((entry, index) => !this.#settle(entry, settled[index]));
      // Whoever was faster is likely to be at it still; without chance the two would meet again and again.
      if (again.some(({ overtaken }) => overtaken > 1)) await sleep(randomInt(20));
    } catch (error) {
      again = this.#failed(batch, error);
    }
    for (const { lane } of batch) this.#busy.delete(lane);
    this.#waiting = [...again, ...this.#waiting];
    this.#underWay--;
    this.#begin();
  }

  /** Answers whoever asked; `false` when it has to be done again. */
  #settle(entry: Entry, settled: Settled | undefined): boolean {
    if (settled?.kind === 'done') entry.resolve(settled.value as never);
    else if (settled?.kind === 'failed') entry.reject(settled.error);
    else if (++entry.overtaken > MOST_OVERTAKEN) entry.reject(storageFailed(new Error('Others were always faster.')));
    else return false;
    return true;
  }

  /** Answers those that have failed; the others, if the server is there, try again on their own. */
  #failed(batch: readonly Entry[], error: unknown): readonly Entry[] {
    const isAlone = batch.length === 1;
    if (!isAlone && !isAway(error) && !isInTheWay(error)) {
      for (const entry of batch) entry.alone = true;
      return batch;
    }
    for (const { reject } of batch) reject(storageFailed(error));
    if (isAway(error)) this.#refuseWaiting(error);
    return [];
  }

  /** Tells all who wait that the server is away: each on its own would wait as long again to learn it. */
  #refuseWaiting(error: unknown): void {
    for (const { reject } of this.#waiting) reject(storageFailed(error));
    this.#waiting = [];
  }
}
