import { anyText, defineApp, defineBot, defineOrganization, type MessageCategory, say, setupBot } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { SimulatedCarrier, type Simulation, simulate } from '@parley/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type ConsentOptions, type ConsentPlugin, consent } from '../src/consent.ts';
import { ANN, BOB, buildEntry } from './support/ledger.ts';

const bot = defineBot({
  id: 'bot',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({}).createMachine({
    on: { 'message.received': { actions: say(({ event }) => `re: ${event.text}`) } },
  }),
});

let simulation: Simulation;
let ledger: ConsentPlugin;
afterEach(() => simulation.close());

async function start(options: ConsentOptions = {}): Promise<void> {
  ledger = consent(options);
  const apps = ['clinic', 'shop'].map((id, index) => defineApp({ id, number: `+1415555010${index}`, bots: [bot] }));
  simulation = await simulate(
    defineOrganization({
      name: 'Test',
      apps,
      transports: { sms: new SimulatedCarrier() },
      storage: memoryStorage(),
      plugins: [ledger],
    }),
  );
}

async function sent(category: MessageCategory, app = 'clinic') {
  const { message } = await simulation.engine.notify({ app, to: ANN, name: 'test', text: 'Hello', category });
  await simulation.advance({ seconds: 10 });
  const found = (await simulation.messages()).find(({ id }) => id === message)!;
  const verdicts = found.history.flatMap((entry) => entry.verdicts ?? []).filter(({ policy }) => policy === 'consent');
  return { status: found.status, code: found.error?.code, verdict: verdicts.at(-1) };
}

describe('a text that needs consent', () => {
  it('is not sent to somebody who has not agreed', async () => {
    await start();
    const { code, verdict } = await sent('marketing');
    expect(code).toBe('error.platform.consent.missing');
    expect(verdict).toMatchObject({ kind: 'deny', rule: 'consent to marketing' });
    expect(simulation.actor(ANN).received).toEqual([]);
  });

  it('is sent to somebody who has, with the proof on record', async () => {
    await start();
    await ledger.record(buildEntry({ categories: ['marketing'], app: 'clinic' }));
    const { status, verdict } = await sent('marketing');
    const [entry] = await ledger.of(ANN);
    expect(status).toBe('delivered');
    expect(verdict).toMatchObject({ kind: 'allow', rule: 'consent #1', data: `sha256:${entry?.hash.slice(0, 16)}` });
    expect((await sent('marketing', 'shop')).code).toBe('error.platform.consent.missing');
  });

  it('is not sent any more once it is taken back, and again when it is given anew', async () => {
    await start();
    await ledger.record(buildEntry({ at: 1 }));
    await ledger.record(buildEntry({ at: 2, kind: 'revoked', app: 'clinic', categories: ['marketing'] }));
    const { code, verdict } = await sent('marketing');
    expect(code).toBe('error.platform.consent.revoked');
    expect(verdict).toMatchObject({ kind: 'deny', rule: 'consent #2' });
    expect((await sent('marketing', 'shop')).status).toBe('delivered');
    await ledger.record(buildEntry({ at: 3 }));
    expect((await sent('marketing')).verdict).toMatchObject({ kind: 'allow', rule: 'consent #3' });
  });
});

describe('a text that needs none', () => {
  it('is sent, unless it is informational and that was refused', async () => {
    await start();
    expect(await sent('informational')).toMatchObject({ status: 'delivered', verdict: undefined });
    await ledger.record(buildEntry({ kind: 'revoked', categories: ['informational'] }));
    expect(await sent('informational')).toMatchObject({ code: 'error.platform.consent.revoked' });
    expect((await sent('emergency')).status).toBe('delivered');
    expect(await simulation.actor(ANN).text('hello')).toEqual(['re: hello']);
  });

  it('costs the storage nothing where no word of the person could stop it, and one read elsewhere', async () => {
    await start();
    let reads = 0;
    const keyv = simulation.organization.storage.keyv('plugin:consent');
    const get = keyv.get.bind(keyv);
    const counting = consent();
    keyv.get = ((key: string) => {
      reads += 1;
      return get(key);
    }) as typeof keyv.get;
    await counting.setup?.({ organization: simulation.organization, keyv, newId: () => 'id' } as never);
    const check = (category: MessageCategory) =>
      counting.checkOutbound?.({ app: { id: 'clinic' }, message: { to: ANN }, record: { category } } as never);
    expect([await check('conversational'), await check('emergency'), reads]).toEqual([undefined, undefined, 0]);
    expect([await check('informational'), reads]).toEqual([undefined, 1]);
    expect([await check('marketing'), reads]).toMatchObject([{ kind: 'deny' }, 2]);
  });

  it('can be made to need one, or to be let alone', async () => {
    await start({ required: ['marketing', 'informational'], revocable: [] });
    expect((await sent('informational')).code).toBe('error.platform.consent.missing');
    await simulation.close();
    await start({ revocable: [] });
    await ledger.record(buildEntry({ kind: 'revoked', categories: ['informational'] }));
    expect((await sent('informational')).status).toBe('delivered');
  });
});

describe('the plugin', () => {
  it('says what it allows', async () => {
    await start();
    await ledger.record(buildEntry({ app: 'clinic' }));
    await ledger.record(buildEntry({ person: BOB, kind: 'revoked' }));
    const asked = [
      [ANN, 'clinic', 'marketing', true],
      [ANN, 'shop', 'marketing', false],
      [ANN, 'shop', 'informational', true],
      [BOB, 'shop', 'conversational', false],
      [BOB, 'shop', 'emergency', true],
    ] as const;
    for (const [person, app, category, answer] of asked) {
      expect(await ledger.allows(person, app, category), `${app} ${category}`).toBe(answer);
    }
  });

  it('refuses what is no entry, without a word of whom it is about', async () => {
    await start();
    const bad = { ...buildEntry(), kind: 'perhaps' } as never;
    await expect(ledger.record(bad)).rejects.toMatchObject({
      code: 'error.platform.consent.malformed',
      message: expect.not.stringContaining(ANN) as string,
    });
    let nested: unknown = [];
    for (let depth = 0; depth < 50_000; depth++) nested = [nested];
    for (const data of [nested, new Date(), () => 1, 'x'.repeat(20_000)]) {
      await expect(ledger.record(buildEntry({ evidence: { data } }))).rejects.toMatchObject({
        code: 'error.platform.consent.malformed',
      });
    }
    await expect(ledger.record(buildEntry({ app: 'clinik' }))).rejects.toMatchObject({
      code: 'error.platform.app.unknown',
    });
    expect(await ledger.of(ANN)).toEqual([]);
  });

  it('keeps proofs when a person is erased, without what goes with them', async () => {
    await start();
    await ledger.record(buildEntry({ kind: 'revoked' }));
    await simulation.engine.eraseActor(ANN);
    expect((await ledger.of(ANN))[0]?.evidence).toEqual({ words: 'Yes, text me offers', source: 'form 3' });
    expect(await ledger.allows(ANN, 'clinic', 'informational')).toBe(false);
  });

  it('says what is wrong with its options, and when it is not running', async () => {
    await start();
    // @ts-expect-error no such option
    expect(() => consent({ require: ['marketing'] })).toThrow(/did you mean required/);
    expect(() => consent({ apiKey: 'short' })).toThrow(/24 characters/);
    await expect(consent().record(buildEntry())).rejects.toMatchObject({ code: 'error.platform.engine.stopped' });
  });
});
