import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MessageId, type PluginContext, type Storage, silentLog, systemClock, type Verdict } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { postgres } from '@parley/plugin-postgres';
import { sqlite } from '@parley/plugin-sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dropSchema, findServer, newSchema } from '../../../test/postgres/support/server.ts';
import { suiteNeeding } from '../../../test/support/needs.ts';
import { type Tcpa, tcpa } from '../src/index.ts';
import { viewOf } from './views.ts';

const ALL_DAY = { weekday: '00:00-24:00', saturday: '00:00-24:00', sunday: '00:00-24:00' };
const MAX = '+13055550123';
const HOUR = 3_600_000;

/** Florida, at any hour: three texts in 24 hours. */
function processOn(storage: Storage): Tcpa {
  const overrides = ['USA', 'FL'].map((place) => ({ place, hours: ALL_DAY, source: 'test' }));
  const policy = tcpa({ overrides });
  policy.setup?.({
    claim: (key, owner, ttl) => storage.claim(`tcpa:${key}`, owner, ttl),
    release: (key, owner) => storage.release(`tcpa:${key}`, owner),
    messages: storage.messages,
    clock: systemClock,
  } as Partial<PluginContext> as PluginContext);
  return policy;
}

async function ask(policy: Tcpa, id: string, now: number, address = MAX): Promise<Verdict | undefined> {
  const view = viewOf({ address }, now);
  const message = id as MessageId;
  return (
    (await policy.checkOutbound?.({
      ...view,
      message: { ...view.message, id: message },
      record: { ...view.record, id: message },
    })) ?? undefined
  );
}

/** Twenty messages at once, asked about twice each by several processes: three may leave, and it stays with them. */
async function contend(storages: readonly Storage[]): Promise<void> {
  const processes = storages.map(processOn);
  const ids = Array.from({ length: 20 }, (_, index) => `message-${index}`);
  const round = () =>
    Promise.all(
      ids.map(
        async (id, index) => [id, await ask(processes[index % processes.length] as Tcpa, id, Date.now())] as const,
      ),
    );
  const through = (verdicts: Awaited<ReturnType<typeof round>>) =>
    verdicts.filter(([, verdict]) => verdict === undefined).map(([id]) => id);
  const first = through(await round());
  expect(first).toHaveLength(3);
  // In the same process or in another, they have what they have, if nobody is quicker while it is renewed.
  processes.reverse();
  for (const id of first) expect(await ask(processes[0] as Tcpa, id, Date.now())).toBeUndefined();
  expect(await ask(processes[0] as Tcpa, 'one more', Date.now())).toMatchObject({
    kind: 'defer',
    code: 'error.platform.tcpa.frequency-cap',
  });
}

describe('a cap in memory', () => {
  it('lets three of many through', async () => {
    const storage = memoryStorage();
    await storage.open({ clock: systemClock, log: silentLog });
    await contend([storage]);
    await storage.close();
  });

  it('never lets more than three leave in any 24 hours, whatever is asked about, in whatever order', async () => {
    const asked = fc.array(
      fc.record({ wait: fc.integer({ min: 1, max: 10 * HOUR }), message: fc.integer({ min: 0, max: 12 }) }),
      { maxLength: 60 },
    );
    let now = Date.parse('2026-11-24T00:00Z');
    const storage = memoryStorage();
    await storage.open({ clock: { ...systemClock, now: () => now }, log: silentLog });
    const policy = processOn(storage);
    let people = 0;
    const property = fc.asyncProperty(asked, async (steps) => {
      const person = `+1305${String(5_550_000 + people++)}`;
      /** When each message left the last time that it was let. */
      const left = new Map<number, number>();
      for (const { wait, message } of steps) {
        now += wait;
        const verdict = await ask(policy, `message-${message}`, now, person);
        const recent = [...left].filter(([id, at]) => id !== message && now - at < 24 * HOUR);
        // As many as are allowed are let, and no more.
        expect(verdict === undefined).toBe(recent.length < 3);
        if (verdict === undefined) left.set(message, now);
        else if (verdict.kind === 'defer') {
          expect(verdict.until).toBe(Math.min(...recent.map(([, at]) => at)) + 24 * HOUR);
        }
      }
    });
    await fc.assert(property, { numRuns: 300 });
    await storage.close();
  });
});

describe('a cap in SQLite', () => {
  it('lets three of many through', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-caps-'));
    const storage = sqlite({ file: join(folder, 'caps.db') });
    await storage.open({ clock: systemClock, log: silentLog });
    await contend([storage]);
    await storage.close();
    await rm(folder, { recursive: true });
  });
});

const { need, url } = await findServer();

suiteNeeding(need, 'a cap in PostgreSQL', () => {
  it('lets three of many through, asked for by several processes', async () => {
    const schema = newSchema();
    const storages = [1, 2, 3].map(() => postgres({ url, schema }));
    try {
      for (const storage of storages) await storage.open({ clock: systemClock, log: silentLog });
      await contend(storages);
    } finally {
      for (const storage of storages) await storage.close();
      await dropSchema(url, schema);
    }
  });
});
