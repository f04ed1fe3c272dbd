import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createEngine,
  type Engine,
  type MessageRecord,
  type OutgoingMessage,
  type Plugin,
  type SendOptions,
  type SendReceipt,
  type Storage,
  silentLog,
} from '@parley/core';
import { postgres } from '@parley/plugin-postgres';
import { sqlite } from '@parley/plugin-sqlite';
import { createRuntime } from '@parley/server';
import { SimulatedCarrier } from '@parley/testing';
import { afterEach, expect, it, vi } from 'vitest';
import { dropSchema, findServer, newSchema } from '../../../test/postgres/support/server.ts';
import { suiteNeeding } from '../../../test/support/needs.ts';
import { ANN, CLINIC, organization, STOPPED } from './support.ts';

const { need, url } = await findServer();

/** How long the provider takes for a message, in milliseconds. */
const SLOW = 40;
const COUNT = 1_000;

/** A provider that takes its time, and writes down when a text came to it and when it had taken it. */
class SlowCarrier extends SimulatedCarrier {
  readonly log: { readonly text: string; readonly at: number }[] = [];
  underWay = 0;

  override async send(message: OutgoingMessage, options: SendOptions): Promise<SendReceipt> {
    this.underWay += 1;
    try {
      await sleep(SLOW);
      this.log.push({ text: message.text, at: performance.now() });
      return await super.send(message, options);
    } finally {
      this.underWay -= 1;
    }
  }
}

const engines: Engine[] = [];
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop({ grace: 1_000 })));
  for (const clean of cleanups.splice(0)) await clean();
});

/** Defers every fifth text, as quiet hours do. */
const quiet: Plugin = {
  name: 'quiet',
  checkOutbound: ({ message, now }) =>
    message.text.startsWith('quiet') ? { kind: 'defer', until: now + 2_000, code: 'test.quiet' } : undefined,
};

async function serve(storage: Storage, carrier: SlowCarrier): Promise<Engine> {
  const whole = organization({}, storage);
  const served = { ...whole, transports: { sms: carrier }, plugins: [quiet, ...whole.plugins] };
  const engine = createEngine(served, createRuntime({ log: silentLog }));
  await engine.start({ localUrl: 'http://127.0.0.1:3000' });
  engines.push(engine);
  return engine;
}

/** Texts in every stage: queued, deferred by a policy, scheduled soon, scheduled for tomorrow; in all apps. */
async function askFor(engines: readonly Engine[]): Promise<void> {
  const now = Date.now();
  const stages = [{}, {}, { at: now + 1_500 }, { at: now + 86_400_000 }, {}];
  const asking = Array.from({ length: COUNT }, (_, index) => {
    const engine = engines[index % engines.length]!;
    const app = ['clinic', 'shop'][Math.floor(index / stages.length) % 2]!;
    const text = index % stages.length === 4 ? `quiet ${index}` : `news ${index}`;
    return engine.notify({ app, to: ANN, name: 'news', text, ...stages[index % stages.length] });
  });
  await Promise.all(asking);
}

async function stop(engine: Engine): Promise<number> {
  const message = { providerId: 'IN1', from: ANN, to: [CLINIC], text: 'Stop!', media: [], raw: {} };
  const body = Buffer.from(JSON.stringify({ kind: 'text', message }));
  await engine.receive('sms', { method: 'POST', path: '/text', headers: {}, body });
  return performance.now();
}

async function pending(storage: Storage): Promise<readonly MessageRecord[]> {
  const { messages } = await storage.messages.list({ status: 'pending', direction: 'outbound', limit: 2_000 });
  return messages.filter(({ providerId }) => providerId === undefined);
}

async function expectSilence(engines: readonly Engine[], carrier: SlowCarrier): Promise<void> {
  const [first] = engines as readonly [Engine];
  await askFor(engines);
  await vi.waitUntil(() => carrier.log.length > 3 && carrier.underWay > 0, { timeout: 20_000, interval: 1 });
  const acknowledged = await stop(engines.at(-1)!);
  expect(carrier.log.length).toBeLessThan(COUNT / 2);
  // Longer than what was scheduled or deferred for soon had to wait.
  await vi.waitUntil(() => carrier.log.some(({ text }) => text === STOPPED), { timeout: 10_000 });
  await sleep(3_000);
  const late = carrier.log.filter(({ at, text }) => at > acknowledged && text !== STOPPED);
  expect(late).toEqual([]);
  expect(carrier.log.filter(({ text }) => text === STOPPED)).toHaveLength(1);
  expect(await pending(first.organization.storage)).toEqual([]);
}

it('nothing leaves after STOP was acknowledged, of 1,000 texts in every stage (SQLite)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-opt-out-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  const carrier = new SlowCarrier();
  await expectSilence([await serve(sqlite({ file: join(folder, 'data.db') }), carrier)], carrier);
}, 120_000);

suiteNeeding(need, 'two servers on one PostgreSQL', () => {
  it('nothing leaves after STOP was acknowledged, of 1,000 texts in every stage', async () => {
    const schema = newSchema();
    cleanups.push(() => dropSchema(url, schema));
    const carrier = new SlowCarrier();
    const first = await serve(postgres({ url, schema }), carrier);
    await expectSilence([first, await serve(postgres({ url, schema }), carrier)], carrier);
  }, 120_000);
});
