// One of several servers on one PostgreSQL, as an operator runs them; for tests that kill it and take its database away.
// Built packages, Twilio at the test's emulator.

import { setTimeout as sleep } from 'node:timers/promises';
import { anyText, createEngine, defineApp, defineBot, defineOrganization, say, setupBot } from '@parley/core';
import { postgres } from '@parley/plugin-postgres';
import { twilio } from '@parley/plugin-twilio';
import { createLog, createRuntime, serve } from '@parley/server';
import { assign, fromPromise } from 'xstate';

const { accountSid, authToken, baseUrl, number, port, storage, engine, reminder, lookUp } = JSON.parse(
  process.env.POSTGRES_TEST ?? '{}',
);

/** Answers each text with how many there were, looks something up for it, and asks once more after a while. */
const machine = setupBot({
  actors: {
    lookUp: fromPromise(async ({ input }) => {
      await sleep(lookUp);
      return `found ${input}`;
    }),
  },
}).createMachine({
  context: { text: '', count: 0 },
  initial: 'waiting',
  on: {
    'message.received': {
      target: '.looking',
      actions: [
        assign({ text: ({ event }) => event.text, count: ({ context }) => context.count + 1 }),
        say(({ context }) => `got ${context.text} as number ${context.count}`),
      ],
    },
  },
  states: {
    waiting: {},
    looking: {
      invoke: {
        src: 'lookUp',
        input: ({ context }) => context.text,
        onDone: { target: 'reminding', actions: say(({ event }) => event.output) },
      },
    },
    reminding: {
      after: { [reminder]: { target: 'waiting', actions: say(({ context }) => `still there after ${context.text}?`) } },
    },
  },
});

const bot = defineBot({ id: 'witness', machine, triggers: [anyText()], firstText: 'event' });
const organization = defineOrganization({
  name: 'Several',
  // The tests text like machines.
  apps: [defineApp({ id: 'witness', number, bots: [bot], loopGuard: false })],
  transports: { twilio: twilio({ accountSid, authToken, baseUrl }) },
  storage: postgres(storage),
});
const runtime = createRuntime({ log: createLog({ level: process.env.POSTGRES_TEST_LOG ?? 'silent' }) });
const server = await serve(createEngine(organization, runtime, engine), { ...runtime, port });
// Whoever started it may be killed himself.
process.on('disconnect', () => process.exit(1));
process.on('message', () => void server.close().then(() => process.exit(0)));
process.send?.('listening');
