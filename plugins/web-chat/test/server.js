// A server with a chat, for tests that kill it. Built packages, a real storage.

import { anyText, createEngine, defineApp, defineBot, defineOrganization, handoff, say, setupBot } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { webChat } from '@parley/plugin-web-chat';
import { createLog, createRuntime, serve } from '@parley/server';

const { file, port, origin } = JSON.parse(process.env.WEB_CHAT_TEST ?? '{}');

const machine = setupBot({}).createMachine({
  on: {
    'message.received': [
      { guard: ({ event }) => event.text === 'PERSON', actions: [say('One moment.'), handoff('desk')] },
      { actions: say(({ event }) => `You said ${event.text}`) },
    ],
    'conversation.resumed': { actions: say('The bot is back.') },
  },
});
const organization = defineOrganization({
  name: 'Corner Shop',
  apps: [
    defineApp({
      id: 'support',
      number: 'web:support',
      bots: [defineBot({ id: 'echo', machine, triggers: [anyText()], firstText: 'event' })],
    }),
  ],
  transports: { web: webChat({ origins: [origin], showNames: true, pages: { support: { title: 'Corner Shop' } } }) },
  storage: sqlite({ file }),
});
const runtime = createRuntime({ log: createLog({ level: 'silent' }) });
const engine = createEngine(organization, runtime);
const server = await serve(engine, { ...runtime, port });

// Whoever started it may be killed himself.
process.on('disconnect', () => process.exit(1));
// About the conversation in which something was said last.
process.on('message', async ({ command, ...rest }) => {
  const { messages } = organization.storage;
  const [last] = (await messages.list({ limit: 1 })).messages;
  const { conversation } = last;
  if (command === 'reply') await engine.reply(conversation, rest);
  if (command === 'resume') await engine.resume(conversation);
  const log = command === 'messages' ? (await messages.list({ conversation, limit: 100 })).messages : [];
  process.send?.({ messages: log.map(({ text, status }) => ({ text, status })).reverse() });
});
process.send?.({ url: server.url, port: server.port });
