import { type IncomingHttpHeaders, request } from 'node:http';
import { createEngine, type Plugin, silentLog } from '@parley/core';
import { twilio } from '@parley/plugin-twilio';
import { createRuntime, parleyMiddleware, type RunningServer, type ServeOptions, serve } from '@parley/server';
import { SimulatedCarrier } from '@parley/testing';
import Koa from 'koa';
import { ANN, inSimulation, organization, type Parts, type Provocation } from './world.ts';

interface Call {
  readonly method?: string;
  readonly headers?: IncomingHttpHeaders;
  readonly body?: string | Uint8Array;
}

/** Calls a server with headers that `fetch` would not send, and answers with the code that it gave. */
function call(url: string, { method = 'GET', headers = {}, body }: Call = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, async (response) => {
      const chunks = await response.toArray();
      const { error } = JSON.parse(Buffer.concat(chunks).toString());
      resolve(error?.code);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function served(
  parts: Parts,
  options: ServeOptions,
  run: (server: RunningServer) => Promise<unknown>,
): Promise<unknown> {
  const runtime = createRuntime({ log: silentLog });
  const server = await serve(createEngine(organization(parts), runtime), { ...runtime, port: 0, ...options });
  try {
    return await run(server);
  } finally {
    await server.close({ grace: 0 });
  }
}

/** Calls a server whose transport is usual. */
function calling(path: string, options?: Call, serveOptions: ServeOptions = {}): Provocation {
  return () => served({}, serveOptions, ({ url }) => call(url + path, options));
}

/** Calls the phone page of a server that emulates Twilio. */
function phoning(path: string, options?: Call): Provocation {
  return () =>
    served({ transport: twilio() }, { emulate: 'always', phone: true }, ({ url }) =>
      call(`${url}/phone/${path}`, options),
    );
}

const text = JSON.stringify({
  kind: 'text',
  message: { providerId: 'SM1', from: ANN, to: ['+14155550177'], text: 'Hello', media: [], raw: {} },
});

export const serving: Readonly<Record<string, Provocation>> = {
  'error.platform.webhook.not-found': calling('/webhooks/pigeon/inbound', { method: 'POST' }),

  'error.platform.webhook.too-large': calling(
    '/webhooks/sms/text',
    { method: 'POST', body: 'a'.repeat(11) },
    { bodyLimit: 10 },
  ),

  'error.platform.number.unknown': calling('/webhooks/sms/text', { method: 'POST', body: text }),

  'error.platform.server.not-found': calling('/nowhere'),

  'error.platform.server.refused': () => {
    const plugin: Plugin = {
      name: 'guard',
      setup: ({ router }) => {
        router.get('/', (context) => context.throw(401, 'no key'));
      },
    };
    return served({ plugins: [plugin] }, {}, ({ url }) => call(`${url}/plugins/guard/`));
  },

  'error.platform.server.failed': () => {
    const transport = new SimulatedCarrier();
    transport.webhooks.verify = () => {
      throw new TypeError('a mistake of the transport');
    };
    return served({ transport }, {}, ({ url }) => call(`${url}/webhooks/sms/text`, { method: 'POST' }));
  },

  'error.platform.server.body-consumed': () =>
    inSimulation({}, async ({ engine }) => {
      const app = new Koa();
      app.use(async (context, next) => {
        await context.req.toArray();
        return next();
      });
      app.use(parleyMiddleware(engine, { log: silentLog }));
      const server = app.listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      try {
        return await call(`http://127.0.0.1:${address.port}/webhooks/sms/text`, { method: 'POST', body: text });
      } finally {
        server.close();
      }
    }),

  'error.platform.server.port-taken': () => served({}, {}, ({ port }) => served({}, { port }, async () => undefined)),

  // 192.0.2.0/24 is for documentation: no machine has an address of it.
  'error.platform.server.listen-failed': () => served({}, { host: '192.0.2.1' }, async () => undefined),

  'error.platform.phone.forbidden': phoning('api/organization', { headers: { host: 'evil.example.com' } }),

  'error.platform.phone.malformed': phoning('api/text', { method: 'POST', body: 'Hello' }),

  'error.platform.phone.media-type': phoning('api/media?app=app', { method: 'POST', body: 'no picture' }),

  'error.platform.phone.media-too-large': phoning('api/media?app=app', {
    method: 'POST',
    body: Buffer.alloc(5 * 1024 * 1024 + 1),
  }),
};
