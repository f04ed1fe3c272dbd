import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type Address, type MessageRecord, silentLog, systemClock } from '@parley/core';
import { postgres } from '@parley/plugin-postgres';
import { createTwilioEmulator, type TwilioEmulator } from '@parley/plugin-twilio/emulator';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { suiteNeeding } from '../support/needs.ts';
import { freePort } from './support/cluster.ts';
import { dropSchema, findServer, newSchema } from './support/server.ts';

const { need, url } = await findServer();

const ANN = '+12125551000' as Address;
const NUMBERS = Array.from({ length: 10 }, (_, index) => `+1415555010${index}`);
const REFUSED = 'error.platform.message-limiter.duplicate-message-sent';

let schema: string;
let emulator: TwilioEmulator;
let servers: ChildProcess[];

beforeEach(async () => {
  schema = newSchema();
  servers = [];
  if (need.missing !== undefined) return;
  emulator = await createTwilioEmulator({
    latency: { sending: 1, sent: 2, outcome: 5 },
    keepMessages: 1_000_000,
    numbers: NUMBERS.map((number) => ({ number })),
  });
});

afterEach(async () => {
  if (need.missing !== undefined) return;
  await Promise.all(
    servers.map(async (server) => {
      const ended = once(server, 'exit');
      if (server.exitCode === null && server.kill('SIGKILL')) await ended;
    }),
  );
  await emulator.close();
  await dropSchema(url, schema);
});

interface Settings {
  readonly policy: 'duplicate-limit' | 'first-text';
  readonly scope: 'app' | 'organization';
  readonly numbers: readonly string[];
}

/** Two servers of an organization with an app for each of the numbers. */
async function start(settings: Settings): Promise<void> {
  const { accountSid, authToken, url: baseUrl } = emulator;
  for (let index = 0; index < 2; index++) {
    const storage = { url, schema, pool: 6 };
    const own = { accountSid, authToken, baseUrl, port: await freePort(), storage, ...settings };
    const server = fork(new URL('./limited-server.js', import.meta.url), {
      env: { ...process.env, POSTGRES_TEST: JSON.stringify(own) },
      execArgv: [],
    });
    servers.push(server);
    const ended = once(server, 'exit').then(([code]) => Promise.reject(new Error(`A server ended with ${code}.`)));
    await Promise.race([once(server, 'message'), ended]);
    ended.catch(() => {});
  }
}

/** Has both send fifty texts each at the same time, and answers with all messages once nothing is left to do. */
async function sendHundred(textOf: (index: number) => string): Promise<readonly MessageRecord[]> {
  await Promise.all(
    servers.map(async (server, which) => {
      const asked = once(server, 'message');
      server.send({ to: ANN, texts: Array.from({ length: 50 }, (_, index) => textOf(50 * which + index)) });
      await asked;
    }),
  );
  const storage = postgres({ url, schema });
  await storage.open({ clock: systemClock, log: silentLog });
  try {
    return await vi.waitFor(
      async () => {
        const { messages } = await storage.messages.list({ limit: 1_000 });
        expect(messages.filter(({ status }) => status === 'delivered' || status === 'failed')).toHaveLength(100);
        return messages;
      },
      { timeout: 60_000, interval: 100 },
    );
  } finally {
    await storage.close();
  }
}

function sent(): readonly string[] {
  return emulator
    .messages()
    .filter(({ direction }) => direction === 'outbound-api')
    .map(({ body }) => body);
}

suiteNeeding(need, 'policies of two servers on one PostgreSQL', () => {
  it.each([
    ['from one number', { scope: 'app', numbers: NUMBERS.slice(0, 1) }],
    ['from ten numbers of an organization', { scope: 'organization', numbers: NUMBERS }],
  ] as const)(
    'let one of 100 equal texts to a person out, %s',
    async (_, settings) => {
      await start({ policy: 'duplicate-limit', ...settings });
      const messages = await sendHundred(() => 'Your table is ready.');
      expect(messages.filter(({ status }) => status === 'delivered')).toHaveLength(1);
      expect(messages.filter(({ error }) => error?.code === REFUSED)).toHaveLength(99);
      expect(sent()).toEqual(['Your table is ready.']);
    },
    90_000,
  );

  it('let every one of ten numbers send the text once, where numbers are apart', async () => {
    await start({ policy: 'duplicate-limit', scope: 'app', numbers: NUMBERS });
    const messages = await sendHundred(() => 'Your table is ready.');
    expect(messages.filter(({ error }) => error?.code === REFUSED)).toHaveLength(90);
    expect(sent()).toHaveLength(10);
  }, 90_000);

  it('let one of 100 first texts to a person say who is texting', async () => {
    await start({ policy: 'first-text', scope: 'organization', numbers: NUMBERS });
    await sendHundred((index) => `Text ${index}`);
    const texts = sent();
    expect(texts).toHaveLength(100);
    expect(texts.filter((text) => text.includes('From Clinic.'))).toHaveLength(1);
  }, 90_000);
});
