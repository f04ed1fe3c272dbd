import { type ConsentEntry, type ConsentLedger, codeOf, type PluginContext } from '@parley/core';

/** Keeps entries for a ledger that is not open: on the command line no plugin has been set up. */
export interface PendingLedger extends ConsentLedger {
  /** Resolves once all entries are durable. */
  flush(): Promise<void>;
}

type Data = Pick<PluginContext, 'keyv'>;

/** The names of the batches that wait. */
const INDEX = 'pending';

const BATCH = 500;

/** How often it is looked for what the command line has left, in milliseconds. */
const LOOK_EVERY = 3_600_000;

/** Long enough for the ledger, which may come after this plugin, to be set up. */
const FIRST_LOOK = 1_000;

export function createPendingLedger({ keyv }: Data, newId: () => string): PendingLedger {
  let waiting: ConsentEntry[] = [];

  async function flush(): Promise<void> {
    if (waiting.length === 0) return;
    const batch = `${INDEX} ${newId()}`;
    await keyv.set(batch, waiting);
    await keyv.set(INDEX, [...((await keyv.get<string[]>(INDEX)) ?? []), batch]);
    waiting = [];
  }

  return {
    flush,
    async record(entry) {
      waiting.push(entry);
      if (waiting.length >= BATCH) await flush();
    },
  };
}

/** Writes what waits into the ledger, now and from time to time, until the answer is called. */
export function startDelivery(
  ledger: ConsentLedger,
  { keyv, clock, log }: Data & Pick<PluginContext, 'clock' | 'log'>,
): () => void {
  let cancel = (): void => {};
  let stopped = false;

  async function deliver(): Promise<void> {
    for (const batch of (await keyv.get<string[]>(INDEX)) ?? []) {
      for (const entry of (await keyv.get<ConsentEntry[]>(batch)) ?? []) await ledger.record(entry);
      // One that is recorded twice is one entry: what is deleted last is safe.
      const left = ((await keyv.get<string[]>(INDEX)) ?? []).filter((one) => one !== batch);
      await (left.length === 0 ? keyv.delete(INDEX) : keyv.set(INDEX, left));
      await keyv.delete(batch);
    }
  }

  function plan(wait: number): void {
    if (stopped) return;
    cancel = clock.setTimeout(() => {
      deliver()
        .catch((error) => log.error({ code: codeOf(error) }, 'entries for the ledger wait'))
        .finally(() => plan(LOOK_EVERY));
    }, wait);
  }

  plan(FIRST_LOOK);
  return () => {
    stopped = true;
    cancel();
  };
}
