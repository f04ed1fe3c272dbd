// A server as an operator runs it, for tests that kill it. Built packages, a real storage, Twilio at the test's emulator.

import { setTimeout as sleep } from 'node:timers/promises';
import { anyText, createEngine, defineApp, defineBot, defineOrganization, fromTask, say, setupBot } from '@parley/core';
import { status } from '@parley/plugin-status';
import { twilio } from '@parley/plugin-twilio';
import { createLog, createRuntime, serve } from '@parley/server';
import { assign } from 'xstate';

const { accountSid, authToken, baseUrl, number, storage, port } = JSON.parse(process.env.CRASH_TEST ?? '{}');

/** Answers each text, looks something up for it, and asks once more after a while. */
const machine = setupBot({
  actors: {
    // Fails at first, so that a kill can come between two attempts.
    lookUp: fromTask(
      async ({ input, attempt }) => {
        await sleep(20);
        if (attempt === 1) throw new Error('busy');
        return `found ${input}`;
      },
      { attempts: 100, backoff: { first: 20, longest: 50 } },
    ),
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

async function openStorage() {
  if (storage.kind === 'sqlite') return (await import('@parley/plugin-sqlite')).sqlite(storage.options);
  return (await import('@parley/plugin-postgres')).postgres(storage.options);
}

const SECOND = 1000;
const bot = defineBot({ id: 'witness', machine, triggers: [anyText()], firstText: 'event' });
const organization = defineOrganization({
  name: 'Crash',
  // The people of the test text like machines.
  apps: [defineApp({ id: 'witness', number, bots: [bot], loopGuard: false })],
  transports: { twilio: twilio({ accountSid, authToken, baseUrl, timeout: SECOND }) },
  storage: await openStorage(),
  plugins: [
    // Callbacks that come while nobody is there are lost, as Twilio does not repeat them.
    status({ reconcile: { every: SECOND, silentFor: 5 * SECOND, pendingFor: 5 * SECOND, askAgainAfter: 2 * SECOND } }),
  ],
  engine: { sendTimeout: 2 * SECOND, taskTimeout: 2 * SECOND, lease: 7 * SECOND },
});
const runtime = createRuntime({ log: createLog({ level: process.env.CRASH_TEST_LOG ?? 'silent' }) });
const server = await serve(createEngine(organization, runtime), { ...runtime, port });
// Whoever started it may be killed himself.
process.on('disconnect', () => process.exit(1));
process.on('message', () => void server.close().then(() => process.exit(0)));
process.send?.('listening');
