import type { ConsentEntry } from '@parley/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keys } from '../src/chain.ts';
import { CATEGORIES, KINDS } from '../src/entry.ts';
import { decisionOn, type State } from '../src/state.ts';
import { dyingWorld } from './support/dying.ts';
import { ANN, BOB, buildEntry, KEEP_FOR, ledgerOn, openWorld, type World } from './support/ledger.ts';

const DAY = 24 * 3_600_000;

async function whatHolds({ ledger }: Pick<World, 'ledger'>, app: string, state?: State) {
  const found = state ?? (await ledger.chains.head(ANN)).state;
  return CATEGORIES.map((category) => decisionOn(found, app, category)?.kind);
}

/** Entries of one person, of which some happened at the same moment. */
const arbitraryEntries: fc.Arbitrary<readonly ConsentEntry[]> = fc
  .array(
    fc.record(
      {
        kind: fc.constantFrom(...KINDS),
        at: fc.integer({ min: 1, max: 5 }),
        app: fc.constantFrom('clinic', 'shop'),
        categories: fc.uniqueArray(fc.constantFrom(...CATEGORIES), { minLength: 1 }),
        evidence: fc.record({ words: fc.string(), source: fc.string(), data: fc.jsonValue() }, { requiredKeys: [] }),
      },
      { requiredKeys: ['kind', 'at'] },
    ),
    { maxLength: 8 },
  )
  .map((all) => all.map((parts, index) => buildEntry({ ...(parts as Partial<ConsentEntry>), id: `e${index}` })));

describe('the ledger', () => {
  it('gives back what was recorded, in the order of recording, bound together by hashes', async () => {
    const { ledger, check } = await openWorld();
    const first = buildEntry({ app: 'clinic', categories: ['marketing'] });
    const second = buildEntry({ kind: 'revoked', how: 'text', evidence: { words: 'STOP' } });
    expect(await ledger.append(first)).toBe('recorded');
    expect(await ledger.append(second)).toBe('recorded');
    const found = await ledger.of(ANN);
    expect(found).toMatchObject([
      { ...first, sequence: 1 },
      { ...second, sequence: 2 },
    ]);
    const links = await ledger.chains.all(ANN, await ledger.chains.head(ANN));
    expect(links[1]?.link.previous).toBe(found[0]?.hash);
    expect(await check()).toMatchObject({ people: 1, entries: 2, findings: [] });
    expect(await ledger.of(BOB)).toEqual([]);
  });

  it('keeps one entry for one id, whatever the channel and however often it is told, and the first stays', async () => {
    const { ledger, check } = await openWorld();
    const entry = buildEntry({ person: `whatsapp:${ANN}` as ConsentEntry['person'] });
    const later = { ...entry, at: entry.at + 5, evidence: { words: 'again' } };
    const outcomes = await Promise.all([ledger.append(entry), ledger.append(later), ledger.append(entry)]);
    expect(outcomes).toEqual(['recorded', 'known', 'known']);
    expect(await ledger.of(ANN)).toMatchObject([entry]);
    expect((await check()).findings).toEqual([]);
  });

  it('refuses an id that has said something else, and goes on', async () => {
    const { ledger } = await openWorld();
    const entry = buildEntry();
    await ledger.append(entry);
    await expect(ledger.append({ ...entry, kind: 'revoked' })).rejects.toMatchObject({
      code: 'error.platform.consent.conflict',
    });
    expect(await ledger.append(buildEntry())).toBe('recorded');
  });

  it('does not let an old consent that is recorded late undo a revocation', async () => {
    const world = await openWorld();
    await world.ledger.append(buildEntry({ kind: 'revoked', at: 2_000 }));
    await world.ledger.append(buildEntry({ kind: 'given', at: 1_000 }));
    expect(await whatHolds(world, 'clinic')).toEqual(['revoked', 'revoked', 'revoked', undefined]);
  });

  it('lets a later word undo a consent that claims to come from the future', async () => {
    const world = await openWorld();
    await world.ledger.append(buildEntry({ kind: 'given', at: world.clock.now() + 1_000 * DAY }));
    await world.clock.advance(DAY);
    await world.ledger.append(buildEntry({ kind: 'revoked', at: world.clock.now() }));
    expect((await whatHolds(world, 'clinic'))[0]).toBe('revoked');
  });

  it('comes to the same state in whatever order entries are recorded, and to a chain that is whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryEntries.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length })),
        ),
        async ([all, shuffled]) => {
          const [one, other] = [await openWorld(), await openWorld()];
          for (const entry of all) await one.ledger.append(entry);
          await Promise.all(shuffled.map((entry) => other.ledger.append(entry)));
          for (const app of ['clinic', 'shop', 'third']) {
            expect(await whatHolds(other, app)).toEqual(await whatHolds(one, app));
          }
          expect(await other.check()).toMatchObject({ entries: all.length, findings: [] });
          const ids = (await other.ledger.of(ANN)).map(({ id }) => id);
          expect(ids.sort()).toEqual(all.map(({ id }) => id).sort());
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** @returns the ids of what was said to be recorded. */
async function recordUntilDeath({ ledger }: Pick<World, 'ledger'>, entries: readonly ConsentEntry[]) {
  const told: string[] = [];
  for (const entry of entries) {
    const done = await ledger.append(entry).catch(() => undefined);
    if (done === undefined) break;
    told.push(entry.id);
  }
  return told;
}

describe('a process that dies', () => {
  it('at whatever write leaves a ledger to which the next append adds in good order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 12 }), fc.boolean(), async (survives, isRetried) => {
        const clock = (await openWorld()).clock;
        const { storage, dying } = await dyingWorld(clock, survives);
        const tried = [buildEntry({ id: 'a' }), buildEntry({ id: 'b', kind: 'revoked' }), buildEntry({ id: 'c' })];
        const told = await recordUntilDeath(dying, tried);
        await clock.advance(60_000);
        const next = ledgerOn(storage, clock);
        const last = buildEntry({ id: 'last' });
        for (const entry of isRetried ? [...tried, last] : [last]) await next.ledger.append(entry);
        const ids = (await next.ledger.of(ANN)).map(({ id }) => id);
        expect(ids).toEqual(expect.arrayContaining([...told, 'last']));
        expect(new Set(ids).size).toBe(ids.length);
        if (isRetried) expect(ids).toEqual(['a', 'b', 'c', 'last']);
        expect((await next.check()).findings).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('is no finding while the next append has not come', async () => {
    const clock = (await openWorld()).clock;
    for (let survives = 0; survives < 8; survives++) {
      const { storage, dying } = await dyingWorld(clock, survives);
      await dying.ledger.append(buildEntry()).catch(() => undefined);
      expect((await ledgerOn(storage, clock).check()).findings).toEqual([]);
    }
  });
});

describe('keeping', () => {
  it('keeps all of a chain for ten years after its last entry, and then nothing', async () => {
    const { ledger, clock, kept, check } = await openWorld();
    await ledger.append(buildEntry());
    await clock.advance(KEEP_FOR / 2);
    await ledger.append(buildEntry({ kind: 'revoked' }));
    await clock.advance(KEEP_FOR - 1);
    expect(await ledger.of(ANN)).toHaveLength(2);
    expect(await check()).toMatchObject({ entries: 2, findings: [] });
    await clock.advance(KEEP_FOR / 10 + 2);
    expect(await ledger.of(ANN)).toEqual([]);
    expect([...(await kept()).keys()]).toEqual([]);
    expect(await check()).toMatchObject({ entries: 0, findings: [] });
  });

  it('does not write a chain anew at every entry', async () => {
    const { ledger, clock, context } = await openWorld();
    await ledger.append(buildEntry());
    let written = 0;
    const { keyv } = context;
    const { setMany } = keyv;
    keyv.setMany = ((values: []) => {
      written += values.length;
      return setMany.call(keyv, values);
    }) as typeof keyv.setMany;
    for (let count = 0; count < 10; count++) {
      await clock.advance(30 * DAY);
      await ledger.append(buildEntry());
    }
    expect(written).toBe(20);
  });
});

describe('erasing a person', () => {
  it('drops what is not needed as a proof, and leaves a chain that is whole and says so', async () => {
    const { ledger, check, kept } = await openWorld();
    await ledger.append(buildEntry({ evidence: { words: 'Yes', data: { name: 'Ann Example' } } }));
    const { root } = await check();
    await ledger.erase(ANN, ['data']);
    await ledger.erase(ANN, ['data']);
    expect(await ledger.of(ANN)).toMatchObject([{ sequence: 1, evidence: { words: 'Yes' } }]);
    expect((await ledger.of(ANN))[0]?.evidence).not.toHaveProperty('data');
    expect(JSON.stringify([...(await kept()).values()])).not.toContain('Example');
    const found = await check();
    expect(found).toMatchObject({ entries: 1, erased: 1, findings: [] });
    expect(found.root.hash).not.toBe(root.hash);
    await ledger.erase(ANN, ['data', 'evidence']);
    expect((await ledger.of(ANN))[0]).not.toHaveProperty('evidence');
    expect((await check()).findings).toEqual([]);
  });

  it('leaves decisions as they are, and nothing of somebody who has said nothing', async () => {
    const world = await openWorld();
    await world.ledger.append(buildEntry({ kind: 'revoked' }));
    await world.ledger.erase(ANN, ['data']);
    await world.ledger.erase(BOB, ['data']);
    expect((await whatHolds(world, 'clinic'))[0]).toBe('revoked');
    expect((await world.kept()).has(keys.head(BOB))).toBe(false);
  });

  it('is a finding where no erasure is on record', async () => {
    const { ledger, context, check } = await openWorld();
    await ledger.append(buildEntry());
    const [entry] = await ledger.of(ANN);
    const key = keys.link(ANN, entry!.hash);
    const { data: _, ...rest } = (await context.keyv.get<Record<string, unknown>>(key))!;
    await context.keyv.set(key, rest);
    expect((await check()).findings).toMatchObject([{ person: ANN, sequence: 1, problem: /data/ }]);
  });
});
