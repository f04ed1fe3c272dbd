import {
  anyText,
  createEngine,
  defineApp,
  defineBot,
  defineOrganization,
  type Engine,
  handoff,
  type Log,
  type Plugin,
  type Storage,
  say,
  setupBot,
  silentLog,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { type WebChatOptions, webChat } from '@parley/plugin-web-chat';
import { createRuntime, type RunningServer, serve } from '@parley/server';
import { Page } from './page.ts';

/** Repeats what it hears, and gives up on PERSON. */
const echo = defineBot({
  id: 'echo',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({}).createMachine({
    on: {
      'message.received': [
        { guard: ({ event }) => event.text === 'PERSON', actions: [say('One moment.'), handoff('desk')] },
        { actions: say(({ event }) => `You said ${event.text}`) },
      ],
      'conversation.resumed': { actions: say('The bot is back.') },
    },
  }),
});

export interface WorldOptions {
  readonly chat?: WebChatOptions;
  readonly storage?: Storage;
  readonly plugins?: readonly Plugin[];
  readonly log?: Log;
}

/** A server with two chats, `support` and `sales`. */
export interface World {
  readonly engine: Engine;
  readonly server: RunningServer;
  readonly url: string;
  readonly socketUrl: string;
  /** A page of a visitor: a new one unless a token is given. */
  visit(token?: string, app?: string): ReturnType<typeof Page.open>;
  close(): Promise<void>;
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const { chat = {}, storage = memoryStorage(), plugins = [], log = silentLog } = options;
  const organization = defineOrganization({
    name: 'Corner <Shop>',
    apps: ['support', 'sales'].map((id) => defineApp({ id, number: `web:${id}`, bots: [echo], loopGuard: false })),
    transports: { web: webChat(chat) },
    storage,
    plugins,
  });
  const runtime = createRuntime({ log });
  const engine = createEngine(organization, runtime);
  const server = await serve(engine, { port: 0, log, plugins: runtime.plugins });
  const socketUrl = `${server.url.replace('http', 'ws')}/plugins/web-chat/socket`;
  const pages: Page[] = [];
  return {
    engine,
    server,
    url: server.url,
    socketUrl,
    async visit(token, app = 'support') {
      const opened = await Page.open(socketUrl, app, token);
      pages.push(opened.page);
      return opened;
    },
    async close() {
      for (const page of pages) page.close();
      await server.close({ grace: 500 });
    },
  };
}
