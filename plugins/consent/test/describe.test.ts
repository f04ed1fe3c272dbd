import { anyText, defineApp, defineBot, defineOrganization, setupBot } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { SimulatedCarrier, type Simulation, simulate } from '@parley/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConsentOptions, type ConsentPlugin, consent } from '../src/consent.ts';
import { ANN, BOB, buildEntry } from './support/ledger.ts';

const bot = defineBot({ id: 'bot', triggers: [anyText()], machine: setupBot({}).createMachine({}) });
const DAY = 86_400_000;
const FIRST = Date.UTC(2026, 0, 1);

let simulation: Simulation;
let ledger: ConsentPlugin;

afterEach(() => simulation.close());
beforeEach(() => start());

async function start(options: ConsentOptions = {}): Promise<void> {
  ledger = consent(options);
  simulation = await simulate(
    defineOrganization({
      name: 'Test',
      apps: ['clinic', 'shop'].map((id, index) => defineApp({ id, number: `+1415555010${index}`, bots: [bot] })),
      transports: { sms: new SimulatedCarrier() },
      storage: memoryStorage(),
      plugins: [ledger],
    }),
  );
}

async function known(person = ANN) {
  const { plugins } = await simulation.engine.describeActor(person);
  return plugins.find(({ plugin }) => plugin === 'consent');
}

describe('what is shown of a person', () => {
  it('is that they have not agreed, where the ledger knows nothing of them', async () => {
    await ledger.record(buildEntry());
    expect(await known(BOB)).toEqual({
      plugin: 'consent',
      title: 'Consents',
      facts: [{ label: 'marketing', value: 'Has not agreed: texts of this kind are not sent', tone: 'bad' }],
    });
  });

  it('is nothing where the ledger knows nothing and no consent is needed', async () => {
    await simulation.close();
    await start({ required: [] });
    expect(await known(BOB)).toBeUndefined();
  });

  it('is each category: agreed or not, since when, how, and by which entry', async () => {
    await ledger.record(buildEntry({ at: FIRST, how: 'paper' }));
    const refusal = { kind: 'revoked', at: FIRST + DAY, how: 'text', app: 'shop', categories: ['marketing'] } as const;
    await ledger.record(buildEntry(refusal));
    expect(await known()).toEqual({
      plugin: 'consent',
      title: 'Consents',
      facts: [
        { label: 'marketing', value: 'Agreed on paper, entry 1', at: FIRST, tone: 'good' },
        { label: 'marketing, shop', value: 'Refused by text, entry 2', at: FIRST + DAY, tone: 'bad' },
        { label: 'informational', value: 'Agreed on paper, entry 1', at: FIRST, tone: 'good' },
        { label: 'conversational', value: 'Agreed on paper, entry 1', at: FIRST, tone: 'good' },
      ],
    });
  });

  it('leaves out what was said of one app before something was said of all', async () => {
    const marketing = { categories: ['marketing'] } as const;
    await ledger.record(buildEntry({ ...marketing, at: FIRST, app: 'shop' }));
    await ledger.record(buildEntry({ ...marketing, at: FIRST + DAY, kind: 'revoked', how: 'voice' }));
    expect((await known())?.facts).toEqual([
      { label: 'marketing', value: 'Refused by voice, entry 2', at: FIRST + DAY, tone: 'bad' },
    ]);
  });

  it('says so where a consent is needed and nothing was said', async () => {
    await ledger.record(buildEntry({ at: FIRST, categories: ['informational'] }));
    expect((await known())?.facts).toEqual([
      { label: 'marketing', value: 'Has not agreed: texts of this kind are not sent', tone: 'bad' },
      { label: 'informational', value: 'Agreed on a web page, entry 1', at: FIRST, tone: 'good' },
    ]);
  });
});
