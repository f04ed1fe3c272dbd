import {
  address,
  anyText,
  type ConsentEntry,
  type ConsentLedger,
  defineApp,
  defineBot,
  defineOrganization,
  type IncomingMessage,
  type MessageRecord,
  type Organization,
  type Storage,
  say,
  setupBot,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { SimulatedCarrier, type Simulation, simulate } from '@parley/testing';
import { type OptOutOptions, optOut } from '../src/index.ts';

export const CLINIC = address('+14155550100');
export const SHOP = address('+14155550199');
export const ANN = address('+14155550123');
export const BEN = address('+14155550124');

export const STOPPED = 'Riverside: You are unsubscribed and will get no more messages. Reply START to resubscribe.';
export const STARTED =
  'Riverside: You are subscribed again. Msg & data rates may apply. Reply HELP for help, STOP to end.';
export const QUESTION = 'Riverside: Reply STOP to end texts, or just go on talking to keep them.';

/** Answers every text, and asks again after two hours. */
export const echo = defineBot({
  id: 'echo',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({}).createMachine({
    initial: 'waiting',
    on: {
      'message.received': { target: '.waiting', reenter: true, actions: say(({ event }) => `You said ${event.text}`) },
    },
    states: {
      waiting: { after: { 7200000: { target: 'asked' } } },
      asked: { entry: say('Are you still there?') },
    },
  }),
});

/** Two apps of one organization, and one that people reach by WhatsApp. */
export function organization(options: OptOutOptions = {}, storage: Storage = memoryStorage()): Organization {
  return defineOrganization({
    name: 'Riverside',
    apps: [
      defineApp({ id: 'clinic', number: CLINIC, bots: [echo] }),
      defineApp({ id: 'shop', number: SHOP, bots: [echo] }),
      defineApp({ id: 'chat', number: `whatsapp:${CLINIC}`, bots: [echo] }),
    ],
    transports: { sms: new SimulatedCarrier() },
    storage,
    plugins: [optOut(options)],
  });
}

export interface World {
  readonly simulation: Simulation;
  /** Asks for a notification; resolves to its record once all has come to rest. */
  notify(
    text: string,
    options?: { readonly app?: string; readonly at?: number; readonly category?: MessageRecord['category'] },
  ): Promise<MessageRecord>;
  record(id: MessageRecord['id']): Promise<MessageRecord>;
  /** A text as a provider hands it over. */
  receive(message: Partial<IncomingMessage> & { readonly text: string }): Promise<void>;
}

export async function start(options: OptOutOptions = {}): Promise<World> {
  const simulation = await simulate(organization(options));
  const record = async (id: MessageRecord['id']) =>
    (await simulation.organization.storage.messages.get(id)) as MessageRecord;
  let received = 0;
  return {
    simulation,
    record,
    async notify(text, { app = 'clinic', ...rest } = {}) {
      const { message } = await simulation.engine.notify({ app, to: ANN, name: 'news', text, ...rest });
      await simulation.advance({ seconds: 0 });
      return record(message);
    },
    async receive(message) {
      received += 1;
      const whole = { providerId: `IN${received}`, from: ANN, to: [CLINIC], media: [], raw: {}, ...message };
      const body = Buffer.from(JSON.stringify({ kind: 'text', message: whole }));
      await simulation.engine.receive('sms', { method: 'POST', path: '/text', headers: {}, body });
      await simulation.advance({ seconds: 0 });
    },
  };
}

/** A ledger that refuses an entry which says something else than one with the same id before. */
export function ledger(): ConsentLedger & { readonly entries: readonly ConsentEntry[] } {
  const entries = new Map<string, ConsentEntry>();
  return {
    get entries() {
      return [...entries.values()];
    },
    async record(entry) {
      const known = entries.get(entry.id);
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(entry)) throw new Error('a conflict');
      entries.set(entry.id, entry);
    },
  };
}
