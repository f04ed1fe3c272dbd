import { once } from 'node:events';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { createEngine, defineApp, defineOrganization, type Engine, silentLog } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { type WebChatOptions, webChat } from '@parley/plugin-web-chat';
import { createRuntime, serve } from '@parley/server';
import { WebSocket } from 'ws';
import type { Provocation } from './world.ts';

/** A server with a chat, and what it answers. */
interface Chat {
  /** What a page at an origin is told that asks for a socket. */
  connect(origin: string): Promise<unknown>;
  /** Gives the token of a new visitor. */
  visit(): Promise<string>;
  /** What is told who posts a text with a token. */
  post(token: string): Promise<unknown>;
  readonly engine: Engine;
}

async function withChat(options: WebChatOptions, run: (chat: Chat) => Promise<unknown>): Promise<unknown> {
  const organization = defineOrganization({
    name: 'Errors',
    apps: [defineApp({ id: 'support', number: 'web:support' })],
    transports: { web: webChat(options) },
    storage: memoryStorage(),
  });
  const runtime = createRuntime({ log: silentLog });
  const engine = createEngine(organization, runtime);
  const server = await serve(engine, { port: 0, log: silentLog, plugins: runtime.plugins });
  const socket = `${server.url}/plugins/web-chat/socket`;
  try {
    return await run({
      engine,
      async connect(origin) {
        const headers = { origin, connection: 'Upgrade', upgrade: 'websocket' };
        const [response] = await once(request(socket, { headers }).end(), 'response');
        return codeIn(await json(response));
      },
      async visit() {
        const page = new WebSocket(socket.replace('http', 'ws'), { origin: server.url });
        await once(page, 'open');
        page.send(JSON.stringify({ type: 'hello', app: 'support' }));
        const [welcome] = await once(page, 'message');
        page.terminate();
        return JSON.parse(String(welcome)).token;
      },
      async post(token) {
        const response = await fetch(`${server.url}/webhooks/web/inbound`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}` },
          body: JSON.stringify({ id: 'some-text', text: 'hello' }),
        });
        return response.ok ? undefined : codeIn(await response.json());
      },
    });
  } finally {
    await server.close({ grace: 500 });
  }
}

function codeIn(body: unknown): string {
  return (body as { readonly error: { readonly code: string } }).error.code;
}

/** What web chat refuses. */
export const chats: Readonly<Record<string, Provocation>> = {
  'error.platform.web-chat.origin-refused': () => withChat({}, ({ connect }) => connect('https://elsewhere.example')),
  'error.platform.web-chat.token-refused': () => withChat({}, ({ post }) => post('support.nobody.nothing')),
  'error.platform.web-chat.too-fast': () =>
    withChat({ pace: { burst: 1, perMinute: 1 } }, async ({ visit, post }) => {
      const token = await visit();
      await post(token);
      return post(token);
    }),
  'error.platform.web-chat.not-a-visitor': () =>
    withChat({}, async ({ engine }) => {
      const { message } = await engine.notify({ app: 'support', to: '+14155550123', name: 'test', text: 'Hello' });
      await engine.idle();
      return (await engine.organization.storage.messages.get(message))?.error?.code;
    }),
};
