import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Router from '@koa/router';
import {
  type Address,
  createEngine,
  defineApp,
  defineOrganization,
  nextLoop,
  silentLog,
  systemClock,
  type Transport,
} from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { defineNotification } from '../src/definition/notification.ts';
import { notifications } from '../src/notifications.ts';

export const RECIPIENTS = 1_200;

export const person = (index: number): Address => `+1415${String(5_550_000 + index)}` as Address;

/** A provider that writes down what it has taken, in a file that outlives everybody. */
function ledger(file: string): Transport {
  let receipts = 0;
  const transport: Partial<Transport> = {
    name: 'ledger',
    open: async () => {},
    close: async () => {},
    async send({ id, to }) {
      appendFileSync(file, `${id} ${to}\n`);
      receipts += 1;
      return { providerId: `${process.pid}-${receipts}`, providerStatus: 'queued' };
    },
    async find({ id }) {
      const taken = existsSync(file) && readFileSync(file, 'utf8').includes(`${id} `);
      return taken ? { providerId: `found-${id}`, providerStatus: 'queued' } : undefined;
    },
    webhooks: { verify: () => {}, parse: () => ({ inbound: [], statuses: [], reply: { status: 204 } }) },
  };
  return transport as Transport;
}

/** A process that goes on with a broadcast, or begins it, until it is over; then it says how it went. */
export async function send(folder: string): Promise<void> {
  const news = defineNotification({ name: 'news', text: 'News for {{ n }}', data: { n: 'number' } });
  const texts = notifications({ notifications: [news] });
  const organization = defineOrganization({
    name: 'Test',
    apps: [defineApp({ id: 'app', number: '+14155550100' })],
    transports: { sms: ledger(join(folder, 'ledger')) },
    storage: sqlite({ file: join(folder, 'parley.db') }),
    plugins: [texts],
  });
  let ids = 0;
  const engine = createEngine(organization, {
    clock: systemClock,
    log: silentLog,
    random: Math.random,
    newId: () => `${Date.now()}${String(process.pid).padStart(8, '0')}${String(++ids).padStart(6, '0')}`,
    afterAnswer: nextLoop,
    createRouter: () => new Router(),
  });
  await engine.start({ localUrl: 'http://127.0.0.1:3000' });
  const list = Array.from({ length: RECIPIENTS }, (_, index) => ({ to: person(index), data: { n: index } }));
  const { id } = await texts.broadcast('news', list, { idempotencyKey: 'the one' });
  for (;;) {
    const progress = await texts.progress(id);
    process.stdout.write(`${JSON.stringify(progress)}\n`);
    if (progress.state === 'done') break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await engine.stop();
}
