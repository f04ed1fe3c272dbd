import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Head, keys } from '../src/chain.ts';
import { readRoot, writeRoot } from '../src/verify.ts';
import { ANN, BOB, buildEntry, openWorld, type World } from './support/ledger.ts';

async function filled(): Promise<World> {
  const world = await openWorld();
  for (const person of [ANN, BOB]) {
    await world.ledger.append(buildEntry({ person, app: 'clinic', evidence: { words: 'Yes', data: { n: 1 } } }));
    await world.ledger.append(buildEntry({ person, kind: 'revoked', evidence: { words: 'STOP' } }));
    await world.ledger.append(buildEntry({ person, categories: ['marketing'] }));
  }
  await world.ledger.erase(BOB, ['data']);
  return world;
}

/** The paths to all that is not a container in a value. */
function leavesOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, key]));
}

function changedAt(value: unknown, path: readonly string[], at: number): unknown {
  const [key, ...rest] = path;
  if (key !== undefined) {
    const members = value as Record<string, unknown>;
    return { ...members, [key]: changedAt(members[key], rest, at) };
  }
  if (typeof value === 'number') return value + 1;
  const text = String(value);
  const place = at % text.length;
  return text.slice(0, place) + (text[place] === 'x' ? 'y' : 'x') + text.slice(place + 1);
}

describe('verification', () => {
  it('finds any character that was changed, wherever it is kept', async () => {
    const world = await filled();
    const { keyv } = world.context;
    const kept = [...(await world.kept())];
    const places = kept.flatMap(([key, value]) => leavesOf(value).map((path) => ({ key, value, path })));
    expect((await world.check()).findings).toEqual([]);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.nat(2_000), async ({ key, value, path }, at) => {
        await keyv.set(key, changedAt(value, path, at));
        expect((await world.check()).findings.length, `${key} ${path.join('.')}`).toBeGreaterThan(0);
        await keyv.set(key, value);
      }),
      { numRuns: 400 },
    );
    expect((await world.check()).findings).toEqual([]);
  });

  it('finds anything that was deleted, but for all of a person', async () => {
    const world = await filled();
    const { keyv } = world.context;
    for (const [key, value] of await world.kept()) {
      await keyv.delete(key);
      expect((await world.check()).findings.length, key).toBeGreaterThan(0);
      await keyv.set(key, value);
    }
    expect((await world.check()).findings).toEqual([]);
  });

  it('finds an end of a chain that is none, and goes on with the others', async () => {
    const world = await filled();
    for (const junk of [null, 'x', 7, {}]) {
      await world.context.keyv.set(keys.head(ANN), junk);
      const { findings, people } = await world.check();
      expect(findings.length, JSON.stringify(junk)).toBeGreaterThan(0);
      expect(people).toBe(1);
    }
  });

  it('keeps words that were changed from being taken for what somebody has said', async () => {
    const world = await filled();
    const [entry] = await world.ledger.of(ANN);
    const key = keys.link(ANN, entry!.hash);
    const stored = await world.context.keyv.get<{ evidence: object }>(key);
    await world.context.keyv.set(key, { ...stored, evidence: { ...stored!.evidence, json: '{"words":"Anything"}' } });
    expect((await world.ledger.of(ANN))[0]?.evidence).toEqual({ data: { n: 1 } });
  });

  it('finds two entries that have changed places', async () => {
    const world = await filled();
    const [first, second] = (await world.ledger.of(ANN)).map(({ hash }) => keys.link(ANN, hash));
    const [one, other] = await world.context.keyv.get([first!, second!]);
    await world.context.keyv.set(first!, other);
    await world.context.keyv.set(second!, one);
    expect((await world.check()).findings.length).toBeGreaterThan(0);
  });

  it('finds a chain that was cut short to an earlier end, revocations and all', async () => {
    const world = await openWorld();
    await world.ledger.append(buildEntry());
    const earlier = await world.context.keyv.get<Head>(keys.head(ANN));
    await world.ledger.append(buildEntry({ kind: 'revoked' }));
    await world.context.keyv.set(keys.head(ANN), earlier);
    expect((await world.check()).findings).toMatchObject([{ person: ANN, sequence: 2, problem: /no chain/ }, {}]);
  });

  it('finds an id that was put there to keep an entry out', async () => {
    const world = await filled();
    const place = await world.context.keyv.get(keys.place(ANN, (await world.ledger.of(ANN))[0]!.id));
    await world.context.keyv.set(keys.place(ANN, 'SM-to-come'), place);
    expect((await world.check()).findings).toMatchObject([{ person: ANN, problem: /id/ }]);
  });
});

describe('the root', () => {
  it('shows that a whole person was dropped, which no chain can', async () => {
    const world = await filled();
    const { root } = await world.check();
    for (const key of (await world.kept()).keys()) if (key.includes(BOB)) await world.context.keyv.delete(key);
    const later = await world.check(root.asOf);
    expect(later.findings).toEqual([]);
    expect(later.root.hash).not.toBe(root.hash);
  });

  it('is the same for ever as of its moment, however much is recorded afterwards', async () => {
    const world = await filled();
    const { root } = await world.check();
    await world.clock.advance(1_000);
    await world.ledger.append(buildEntry({ kind: 'revoked' }));
    await world.ledger.append(buildEntry({ person: `${ANN}0` as typeof ANN }));
    expect((await world.check(root.asOf)).root).toEqual(root);
    expect((await world.check()).root).not.toEqual(root);
  });

  it('shows that a chain was written anew, hashes and all', async () => {
    const [world, forged] = [await openWorld(), await openWorld()];
    const entry = buildEntry();
    await world.ledger.append(entry);
    await forged.ledger.append({ ...entry, kind: 'revoked' });
    const { root } = await world.check();
    expect((await forged.check()).findings).toEqual([]);
    expect((await forged.check(root.asOf)).root.hash).not.toBe(root.hash);
  });

  it('is read as it was written, and nothing else is', async () => {
    const { root } = await (await filled()).check();
    expect(readRoot(writeRoot(root))).toEqual(root);
    for (const text of ['', 'x', writeRoot(root).slice(1), `${writeRoot(root)}0`])
      expect(readRoot(text)).toBeUndefined();
  });
});
