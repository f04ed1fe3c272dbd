// Parley as a user runs it: SQLite on disk, the Twilio transport, one bot that counts texts. With `reply` it answers each.
import { anyText, createEngine, defineApp, defineBot, defineOrganization, say, setupBot } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';
import { createLog, createRuntime, serve } from '@parley/server';
import { assign } from 'xstate';
import { answerParent } from '../support/answer-parent.js';

const { authToken, accountSid, number, file, reply } = JSON.parse(process.env.BENCH ?? '{}');

const count = assign({ count: ({ context }) => context.count + 1 });
const answer = say(({ context }) => `That was text ${context.count}.`);
const machine = setupBot({}).createMachine({
  context: { count: 0 },
  on: { 'message.received': { actions: reply ? [count, answer] : [count] } },
});
const bot = defineBot({ id: 'counter', machine, triggers: [anyText()], firstText: 'event' });
const organization = defineOrganization({
  name: 'Bench',
  apps: [defineApp({ id: 'counter', number, bots: [bot], journal: false })],
  transports: { twilio: twilio({ accountSid, authToken }) },
  storage: sqlite({ file }),
});
const runtime = createRuntime({ log: createLog({ level: 'warn' }) });
const engine = createEngine(organization, runtime);
const server = await serve(engine, { ...runtime, port: 0, emulate: reply ? 'always' : 'never' });
process.send({ url: server.url });
answerParent(async () => {
  await server.close({ grace: 30_000 });
  process.exit(0);
});
