// A server as an operator runs it, for tests that kill it. Built packages, SQLite on disk, Twilio at the test's emulator.

import { setTimeout as sleep } from 'node:timers/promises';
import { anyText, createEngine, defineApp, defineBot, defineOrganization, say, setupBot } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';
import { createLog, createRuntime, serve } from '@parley/server';
import { assign, fromPromise } from 'xstate';

const { accountSid, authToken, baseUrl, number, file, port } = JSON.parse(process.env.CRASH_TEST ?? '{}');

/** Answers each text, looks something up for it, and asks once more after a while. */
const machine = setupBot({
  actors: {
    lookUp: fromPromise(async ({ input }) => {
      await sleep(20);
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
      after: { 200: { target: 'waiting', actions: say(({ context }) => `still there after ${context.text}?`) } },
    },
  },
});

const bot = defineBot({ id: 'witness', machine, triggers: [anyText()], firstText: 'event' });
const organization = defineOrganization({
  name: 'Crash',
  apps: [defineApp({ id: 'witness', number, bots: [bot] })],
  transports: { twilio: twilio({ accountSid, authToken, baseUrl }) },
  storage: sqlite({ file }),
});
const runtime = createRuntime({ log: createLog({ level: 'error' }) });
await serve(createEngine(organization, runtime), { ...runtime, port });
process.send?.('listening');
