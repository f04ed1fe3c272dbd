import { type OutgoingMessage, SendError, type Transport } from '@parley/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTwilioEmulator, type TwilioEmulator } from './emulator/emulator.ts';
import type { Fault } from './emulator/faults.ts';
import { seeded } from './emulator/random.ts';
import {
  ACCOUNT,
  contextOf,
  never,
  OURS,
  outgoing,
  SERVICE,
  sendOptions,
  type TestClock,
  TOKEN,
  testClock,
} from './test-support.ts';
import { twilio } from './transport.ts';

const FAULTS: readonly (Fault | undefined)[] = [
  undefined,
  { kind: 'drop', accepted: true },
  { kind: 'drop', accepted: false },
  { kind: 'refuse', status: 429, code: 20429 },
  { kind: 'refuse', status: 503 },
];

let clock: TestClock;
let emulator: TwilioEmulator;

beforeEach(async () => {
  clock = testClock();
  emulator = await createTwilioEmulator({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    numbers: [{ number: OURS }],
    services: [{ sid: SERVICE }],
    clock,
  });
});

afterEach(() => emulator.close());

async function open(): Promise<Transport> {
  const transport = twilio({ accountSid: ACCOUNT, authToken: TOKEN, baseUrl: emulator.url });
  await transport.open(contextOf({ clock }));
  return transport;
}

/** Sends as the engine does: what is in doubt is looked for before it is sent again. */
async function sendUntilTaken(
  message: OutgoingMessage,
  transport: () => Promise<Transport>,
  random: () => number,
): Promise<string> {
  let inDoubt = false;
  for (;;) {
    const by = await transport();
    try {
      const found = inDoubt ? await by.find(message, { signal: never }) : undefined;
      if (found === 'undecided') throw new Error('Clocks that agree leave no doubt.');
      if (found !== undefined) return found.providerId;
      inDoubt = false;
      const fault = FAULTS[Math.floor(random() * FAULTS.length)];
      if (fault !== undefined) emulator.faults.next(fault);
      return (await by.send(message, sendOptions)).providerId;
    } catch (error) {
      if (!(error instanceof SendError)) throw error;
      inDoubt = error.failure === 'unknown';
    } finally {
      emulator.faults.clear();
      clock.advance(1_000);
    }
  }
}

describe('a network that fails half of the time', () => {
  it.each([1, 2, 3])('sends every message exactly once, equal texts among them (seed %i)', async (seed) => {
    const random = seeded(seed);
    const transport = await open();
    const sids: string[] = [];
    for (let index = 0; index < 40; index++) {
      const from = random() < 0.3 ? SERVICE : OURS;
      const message = outgoing({ from, text: `text ${index % 3}`, createdAt: clock.now() });
      sids.push(await sendUntilTaken(message, async () => transport, random));
    }
    await transport.close();
    expect(emulator.messages().map(({ sid }) => sid)).toEqual(sids);
  });

  it.each([4, 5, 6])('and a process that dies after every try (seed %i)', async (seed) => {
    const random = seeded(seed);
    const opened: Transport[] = [];
    const afterCrash = async () => {
      const transport = await open();
      opened.push(transport);
      return transport;
    };
    const sids: string[] = [];
    for (let index = 0; index < 30; index++) {
      // Equal texts a minute apart: nothing but the time tells them apart for who remembers nothing.
      clock.advance(60_000);
      const message = outgoing({ text: `text ${index % 3}`, createdAt: clock.now() });
      sids.push(await sendUntilTaken(message, afterCrash, random));
    }
    await Promise.all(opened.map((transport) => transport.close()));
    expect(emulator.messages().map(({ sid }) => sid)).toEqual(sids);
  });
});
