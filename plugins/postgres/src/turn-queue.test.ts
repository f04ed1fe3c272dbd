import { describe, expect, it } from 'vitest';
import type { BatchOutcome, Job, Settled } from './turn-batch.ts';
import { TurnQueue } from './turn-queue.ts';

const OLDEST = { messages: Number.POSITIVE_INFINITY, activity: Number.POSITIVE_INFINITY };
const job = (key: string, id = 'x') => ({ kind: 'status', id: key, update: { source: id } }) as unknown as Job;
const nameOf = (one: Job) => (one.kind === 'status' ? `${one.id}${one.update.source}` : '');
const done = (value: unknown): Settled => ({ kind: 'done', value: value as never });

/** A queue whose batches are recorded, and done as `settle` says. */
function queueWith(
  settle: (jobs: readonly Job[], batch: number) => readonly Settled[],
  { batches = 2, maxBatch = 10 } = {},
) {
  const seen: string[][] = [];
  let underWay = 0;
  let most = 0;
  const queue = new TurnQueue({
    batches,
    maxBatch,
    committed() {},
    async run(jobs): Promise<BatchOutcome> {
      most = Math.max(most, ++underWay);
      seen.push(jobs.map(nameOf));
      try {
        await new Promise((resolve) => setImmediate(resolve));
        return { settled: settle(jobs, seen.length - 1), dueAt: undefined, oldest: OLDEST };
      } finally {
        underWay--;
      }
    },
  });
  return { queue, seen, most: () => most };
}

const all = (jobs: readonly Job[]) => jobs.map((one) => done(nameOf(one)));

describe('TurnQueue', () => {
  it('takes what comes at once together, as much as fits', async () => {
    const { queue, seen, most } = queueWith(all, { maxBatch: 3 });
    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((key) => queue.submit(job(key))));
    expect(answers).toEqual(['ax', 'bx', 'cx', 'dx', 'ex', 'fx', 'gx']);
    expect(seen).toEqual([['ax', 'bx', 'cx'], ['dx', 'ex', 'fx'], ['gx']]);
    expect(most()).toBe(2);
  });

  it('never has one lane in two batches, and keeps its order', async () => {
    const { queue, seen } = queueWith(all, { maxBatch: 2 });
    await Promise.all(['1', '2', '3'].flatMap((id) => [queue.submit(job('a', id)), queue.submit(job('b', id))]));
    for (const lane of ['a', 'b']) {
      expect(seen.flat().filter((name) => name.startsWith(lane))).toEqual([`${lane}1`, `${lane}2`, `${lane}3`]);
    }
    expect(seen).toHaveLength(3);
  });

  it('does again what was overtaken, before what came later', async () => {
    const { queue, seen } = queueWith((jobs, batch) =>
      batch === 0 ? jobs.map(() => ({ kind: 'overtaken' })) : all(jobs),
    );
    const first = queue.submit(job('a', '1'));
    await new Promise((resolve) => setImmediate(resolve));
    const second = queue.submit(job('a', '2'));
    expect(await Promise.all([first, second])).toEqual(['a1', 'a2']);
    expect(seen).toEqual([['a1'], ['a1', 'a2']]);
  });

  it('gives up what is overtaken all the time', async () => {
    const { queue } = queueWith((jobs) => jobs.map(() => ({ kind: 'overtaken' })));
    await expect(queue.submit(job('a'))).rejects.toMatchObject({ code: 'error.platform.storage.failed' });
  });

  it('tries each alone when one of them is refused, in order', async () => {
    const { queue, seen } = queueWith((jobs) => {
      if (jobs.some((one) => nameOf(one) === 'b1')) throw new TypeError('refused');
      return all(jobs);
    });
    const jobs = [job('a', '1'), job('b', '1'), job('b', '2')].map((one) => queue.submit(one));
    const outcomes = await Promise.allSettled(jobs);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(seen).toEqual([['a1', 'b1', 'b2'], ['a1'], ['b1'], ['b2']]);
  });

  it('tells everybody at once that the server is away', async () => {
    const { queue, seen } = queueWith(
      () => {
        throw new Error('Connection terminated');
      },
      { batches: 1, maxBatch: 2 },
    );
    const jobs = ['a', 'b', 'c', 'd', 'e'].map((key) => queue.submit(job(key)));
    const outcomes = await Promise.allSettled(jobs);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ reason: { code: 'error.platform.storage.failed', status: 503 } });
    }
    expect(seen).toHaveLength(1);
  });

  it('finishes what waits when it is closed, and takes nothing more', async () => {
    const { queue } = queueWith(all);
    const waiting = [queue.submit(job('a', '1')), queue.submit(job('a', '2'))];
    const closing = queue.close();
    await expect(queue.submit(job('b'))).rejects.toMatchObject({ code: 'error.platform.storage.closed' });
    await closing;
    expect(await Promise.all(waiting)).toEqual(['a1', 'a2']);
    await queue.close();
  });
});
