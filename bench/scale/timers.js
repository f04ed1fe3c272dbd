// A bot with a timer, and conversations in which it runs: begun once for real, and then copied.
import { anyText, createEngine, defineApp, defineBot, defineOrganization, setupBot, silentLog } from '@parley/core';
import { keyvStorage } from '@parley/plugin-keyv';
import { twilio } from '@parley/plugin-twilio';
import { createRuntime } from '@parley/server';
import { assign } from 'xstate';
import { keyOf, OURS, theirsOf } from './rows.js';

export const account = { accountSid: `AC${'0'.repeat(31)}1`, authToken: 'bench' };

const machine = setupBot({}).createMachine({
  context: { texts: 0, rung: false },
  on: { 'message.received': { actions: assign({ texts: ({ context }) => context.texts + 1 }) } },
  initial: 'waiting',
  states: {
    waiting: { after: { 3600000: { target: 'rung', actions: assign({ rung: true }) } } },
    rung: {},
  },
});

export function organizationOn(storage) {
  const bot = defineBot({ id: 'timer', machine, triggers: [anyText()], firstText: 'event' });
  return defineOrganization({
    name: 'Bench',
    apps: [defineApp({ id: 'clinic', number: OURS, bots: [bot], journal: false })],
    transports: { twilio: twilio(account) },
    storage,
  });
}

/** Makes conversations whose timers ring at a moment. */
export async function timerDocuments() {
  const storage = keyvStorage();
  const engine = createEngine(organizationOn(storage), createRuntime({ log: silentLog }));
  await engine.start({ localUrl: 'http://127.0.0.1:1', emulate: 'never' });
  await engine.startJourney({ app: 'clinic', bot: 'timer', to: theirsOf(0) });
  const [template] = await storage.conversations.list({ limit: 1 });
  await engine.stop({ grace: 1_000 });
  const [timer] = template.journey.machine.timers;
  return (number, dueAt) => ({
    ...template,
    key: keyOf(number),
    theirs: theirsOf(number),
    actor: { ...template.actor, address: theirsOf(number) },
    journey: {
      ...template.journey,
      expiresAt: 4e12,
      machine: { ...template.journey.machine, timers: [{ ...timer, dueAt }] },
    },
    dueAt,
  });
}
