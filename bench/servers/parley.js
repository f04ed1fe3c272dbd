// Parley as a user runs it: SQLite on disk, the Twilio transport, one bot that counts texts. With `reply` it answers each.
import { randomUUID } from 'node:crypto';
import { anyText, createEngine, defineApp, defineBot, defineOrganization, nextLoop, say, setupBot, systemClock } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';
import { createLog, createPluginRouters, serve } from '@parley/server';
import { assign } from 'xstate';

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
  apps: [defineApp({ id: 'counter', number, bots: [bot] })],
  transports: { twilio: twilio({ accountSid, authToken }) },
  storage: sqlite({ file }),
});
const log = createLog({ level: 'warn' });
const plugins = createPluginRouters();
const engine = createEngine(organization, {
  clock: systemClock,
  log,
  newId: randomUUID,
  random: Math.random,
  afterAnswer: nextLoop,
  createRouter: plugins.create,
});
const server = await serve(engine, { port: 0, log, plugins, emulate: reply ? 'always' : 'never' });
process.send({ url: server.url });
process.on('message', async () => {
  await server.close({ grace: 30_000 });
  process.send({ closed: true });
  process.exit(0);
});
