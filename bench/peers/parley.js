// Parley: SQLite on disk with the defaults, its Twilio transport, a machine that counts.
import { anyText, createEngine, defineApp, defineBot, defineOrganization, say, setupBot } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';
import { createLog, createRuntime, serve } from '@parley/server';
import { assign } from 'xstate';
import { answerParent } from '../support/answer-parent.js';

const { accountSid, authToken, number, publicUrl, provider, sendsAtOnce, file } = JSON.parse(process.env.BENCH ?? '{}');

const machine = setupBot({}).createMachine({
  context: { count: 0 },
  on: {
    'message.received': {
      actions: [
        assign({ count: ({ context }) => context.count + 1 }),
        say(({ context, event }) => `${context.count}: ${event.text}`),
      ],
    },
  },
});
const bot = defineBot({ id: 'counter', machine, triggers: [anyText()], firstText: 'event' });
const organization = defineOrganization({
  name: 'Bench',
  // 20 texts at once are what the guard against loops is for.
  apps: [defineApp({ id: 'counter', number, bots: [bot], loopGuard: false, journal: false })],
  // The others open as many connections to their provider as they like.
  transports: { twilio: twilio({ accountSid, authToken, baseUrl: provider, connections: sendsAtOnce }) },
  engine: { sendsAtOnce },
  storage: sqlite({ file }),
  publicUrl,
});
const runtime = createRuntime({ log: createLog({ level: 'error' }) });
const engine = createEngine(organization, runtime);
const server = await serve(engine, { ...runtime, port: 0, emulate: 'never' });
process.send({ url: server.url });
answerParent(async () => {
  await server.close({ grace: 30_000 });
  process.exit(0);
});
