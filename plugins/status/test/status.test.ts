import { address, anyText, defineApp, defineBot, defineOrganization, type Plugin, say, setupBot } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { SimulatedCarrier, type Simulation, simulate } from '@parley/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type StatusOptions, status } from '../src/status.ts';

const ANN = '+14155550123';

const bot = defineBot({
  id: 'bot',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({}).createMachine({
    on: { 'message.received': { actions: say(({ event }) => `re: ${event.text}`) } },
  }),
});

let simulation: Simulation;
afterEach(() => simulation.close());

async function start(options: StatusOptions = {}, plugins: readonly Plugin[] = []): Promise<Simulation> {
  simulation = await simulate(
    defineOrganization({
      name: 'Test',
      apps: [defineApp({ id: 'app', number: '+14155550100', bots: [bot] })],
      transports: { sms: new SimulatedCarrier() },
      storage: memoryStorage(),
      plugins: [status(options), ...plugins],
    }),
  );
  return simulation;
}

async function outbound() {
  const messages = (await simulation.messages()).filter(({ direction }) => direction === 'outbound');
  return messages.reverse().map((message) => [message.text, message.status, message.error?.code]);
}

describe('a text that nobody reports on', () => {
  it('is asked about after its time, and settled by what the provider says', async () => {
    const { actor, advance } = await start();
    const ann = actor(ANN);
    ann.carrier({ kind: 'silent' });
    await ann.text('hello');
    expect(await outbound()).toEqual([['re: hello', 'pending', undefined]]);
    ann.carrier({ kind: 'deliver' });
    await advance({ hours: 10 });
    expect(await outbound()).toEqual([['re: hello', 'pending', undefined]]);
    await advance({ hours: 3 });
    expect(await outbound()).toEqual([['re: hello', 'delivered', undefined]]);
  });

  it('of which the provider knows nothing new is asked about once a day, and no more after two weeks', async () => {
    let asked = 0;
    const { actor, advance, organization } = await start();
    const carrier = organization.transports.sms as SimulatedCarrier;
    const { status: ask } = carrier;
    carrier.status = (id) => {
      asked += 1;
      return ask.call(carrier, id);
    };
    const ann = actor(ANN);
    ann.carrier({ kind: 'silent' });
    await ann.text('hello');
    await advance({ days: 30 });
    expect(asked).toBe(14);
    expect(await outbound()).toEqual([['re: hello', 'pending', undefined]]);
  });
});

describe('a text that failed on its way', () => {
  it('is sent again after a while, as a new message', async () => {
    const { actor, advance } = await start({ resend: { waits: [600_000] } });
    const ann = actor(ANN);
    ann.carrier({ kind: 'lose', code: '30003' });
    await ann.text('hello');
    ann.carrier({ kind: 'deliver' });
    await advance({ minutes: 9 });
    expect(ann.received).toEqual([]);
    await advance({ minutes: 1 });
    expect(ann.lastText).toBe('re: hello');
    expect(await outbound()).toEqual([
      ['re: hello', 'failed', '30003'],
      ['re: hello', 'delivered', undefined],
    ]);
  });

  it('is sent again as often as it was said, and no more', async () => {
    const { actor, advance } = await start({ resend: { waits: [1000, 2000] } });
    const ann = actor(ANN);
    ann.carrier({ kind: 'lose', code: '30008' });
    await ann.text('hello');
    await advance({ days: 1 });
    expect(await outbound()).toEqual(Array(3).fill(['re: hello', 'failed', '30008']));
  });

  it.each(['30007', '21610', 'unknown'])('for good (%s) is not sent again', async (code) => {
    const { actor, advance } = await start({ resend: true });
    const ann = actor(ANN);
    ann.carrier({ kind: 'lose', code });
    await ann.text('hello');
    await advance({ days: 1 });
    expect(await outbound()).toHaveLength(1);
  });

  it('is looked at by policies again, which may say no', async () => {
    let isOptedOut = false;
    const optOut: Plugin = {
      name: 'opt-out',
      checkOutbound: () => (isOptedOut ? { kind: 'deny', code: 'opted-out', reason: 'no' } : undefined),
    };
    const { actor, advance } = await start({ resend: true }, [optOut]);
    const ann = actor(ANN);
    ann.carrier({ kind: 'lose', code: '30003' });
    await ann.text('hello');
    isOptedOut = true;
    await advance({ days: 1 });
    expect(await outbound()).toEqual([
      ['re: hello', 'failed', '30003'],
      ['re: hello', 'failed', 'opted-out'],
    ]);
  });

  it('stays as it is unless it is asked for', async () => {
    const { actor, advance } = await start();
    const ann = actor(ANN);
    ann.carrier({ kind: 'lose', code: '30003' });
    await ann.text('hello');
    await advance({ days: 1 });
    expect(await outbound()).toHaveLength(1);
    expect(address(ANN)).toBe(ANN);
  });
});

describe('the options of status', () => {
  it('are checked', () => {
    expect(() => status({ resend: { waits: [] } })).toThrow(/config\.malformed/);
    expect(() => status({ reconcile: { evry: 1 } as never })).toThrow(/evry/);
  });
});
