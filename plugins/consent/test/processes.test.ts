import { randomUUID } from 'node:crypto';
import { type Storage, silentLog, systemClock } from '@parley/core';
import { postgres } from '@parley/plugin-postgres';
import { sqlite } from '@parley/plugin-sqlite';
import { VirtualClock } from '@parley/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dropSchema, findServer, newSchema } from '../../../test/postgres/support/server.ts';
import { suiteNeeding } from '../../../test/support/needs.ts';
import { Ledger } from '../src/ledger.ts';
import { LOCK_TIME } from '../src/lock.ts';
import { ANN, BOB, buildEntry, KEEP_FOR, ledgerOn, openWorld } from './support/ledger.ts';

const { need, url } = await findServer();

suiteNeeding(need, 'several processes on PostgreSQL', () => {
  let schema: string;
  let storages: Storage[];

  beforeEach(async () => {
    schema = newSchema();
    storages = [];
    // One after the other: the first makes the schema.
    for (let count = 0; count < 3; count++) {
      const storage = postgres({ url, schema });
      await storage.open({ clock: systemClock, log: silentLog });
      storages.push(storage);
    }
  });

  afterEach(async () => {
    await Promise.all(storages.map((storage) => storage.close()));
    await dropSchema(url, schema);
  });

  const processes = () => storages.map((storage) => ledgerOn(storage, systemClock, { newId: () => randomUUID() }));

  it('append to one person at once, and all of it ends up in one chain', async () => {
    const all = processes();
    const entries = Array.from({ length: 10 }, (_, index) => buildEntry({ id: `e${index}` }));
    // Each entry is told by each process.
    const outcomes = await Promise.all(entries.flatMap((entry) => all.map(({ ledger }) => ledger.append(entry))));
    expect(outcomes.filter((outcome) => outcome === 'recorded')).toHaveLength(10);
    const found = await all[0]!.ledger.of(ANN);
    expect(found.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(new Set(found.map(({ id }) => id)).size).toBe(10);
    expect(await all[1]!.check(Date.now())).toMatchObject({ people: 1, entries: 10, findings: [] });
  });

  it('can be verified while others record', async () => {
    const [one, other] = processes();
    await one!.ledger.append(buildEntry({ person: BOB }));
    let isOver = false;
    const recording = (async () => {
      for (let count = 0; count < 20; count++) await other!.ledger.append(buildEntry());
    })().finally(() => {
      isOver = true;
    });
    while (!isOver) expect((await one!.check(Date.now())).findings).toEqual([]);
    await recording;
  });
});

describe('a process that is paused and comes back when its lock is over', () => {
  it('overwrites nothing, at whatever step it was paused', async () => {
    for (let step = 0; step < 7; step++) {
      const { clock, ledger, context, check } = await openWorld();
      await ledger.append(buildEntry({ id: 'first' }));
      let steps = 0;
      /** Before one of its steps it is paused for so long that another goes ahead. */
      const pausing = <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) => {
        return async (...args: Args) => {
          if (steps++ === step) {
            await clock.advance(LOCK_TIME + 1);
            await ledger.append(buildEntry({ id: 'other', kind: 'revoked', at: clock.now() }));
          }
          return work(...args);
        };
      };
      const keyv = Object.create(context.keyv) as typeof context.keyv;
      keyv.get = pausing(context.keyv.get.bind(context.keyv)) as typeof keyv.get;
      keyv.set = pausing(context.keyv.set.bind(context.keyv)) as typeof keyv.set;
      keyv.setMany = pausing(context.keyv.setMany.bind(context.keyv)) as typeof keyv.setMany;
      const paused = new Ledger({ ...context, keyv, claim: pausing(context.claim) }, KEEP_FOR);
      // Whoever goes ahead may have finished what was pending.
      expect(await paused.append(buildEntry({ id: 'paused', at: 1 }))).toMatch(/recorded|known/);
      const ids = (await ledger.of(ANN)).map(({ id }) => id).sort();
      expect(ids, `paused at step ${step}`).toEqual(step < steps ? ['first', 'other', 'paused'] : ['first', 'paused']);
      expect((await check()).findings, `paused at step ${step}`).toEqual([]);
    }
  });

  it('sees what others have recorded once it has told its caller', async () => {
    const { clock, ledger, context } = await openWorld();
    let isFirst = true;
    const keyv = Object.create(context.keyv) as typeof context.keyv;
    // Its last write, of the end of the chain, is on its way for longer than its lock lasts.
    keyv.set = (async (key: string, value: { pending?: unknown }, ttl: number) => {
      if (isFirst && value.pending === undefined) {
        isFirst = false;
        await clock.advance(LOCK_TIME + 1);
        await ledger.append(buildEntry({ kind: 'revoked', at: clock.now() }));
      }
      return context.keyv.set(key, value, ttl);
    }) as typeof keyv.set;
    await new Ledger({ ...context, keyv }, KEEP_FOR).append(buildEntry({ kind: 'given', at: 1 }));
    const { length, state } = await ledger.chains.head(ANN);
    expect(length).toBe(2);
    expect(state['marketing *']?.kind).toBe('revoked');
  });
});

describe('a ledger on SQLite', () => {
  it('takes many people at once, and is whole', async () => {
    const storage = sqlite({ file: ':memory:' });
    const clock = new VirtualClock();
    await storage.open({ clock, log: silentLog });
    const { ledger, check } = ledgerOn(storage, clock);
    const people = Array.from({ length: 150 }, (_, index) => `+1415555${1000 + index}` as typeof ANN);
    await Promise.all(people.map((person) => ledger.append(buildEntry({ person }))));
    expect(await check()).toMatchObject({ people: 150, entries: 150, findings: [] });
    await storage.close();
  });
});
