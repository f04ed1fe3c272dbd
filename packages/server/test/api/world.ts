import {
  type Access,
  type AppOptions,
  address,
  anyText,
  createEngine,
  defineApp,
  defineBot,
  defineOrganization,
  type Engine,
  type Plugin,
  say,
  setupBot,
  silentLog,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { twilio } from '@parley/plugin-twilio';
import { assign } from 'xstate';
import { hashPassword } from '../../src/api/access/password.ts';
import { createRuntime, type RunningServer, serve } from '../../src/index.ts';

export const OURS = '+14155550100';
export const SECRET_OURS = '+14155550101';
export const ANN = '+14155550123';

export const TOKENS = {
  viewer: 'v'.repeat(40),
  agent: 'a'.repeat(40),
  operator: 'o'.repeat(40),
} as const;

export const PASSWORD = 'correct horse battery staple';

/** Remembers what it was told, waits an hour, and throws at BOOM. */
const listener = defineBot({
  id: 'listener',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({ types: { context: {} as { heard: string[] } } }).createMachine({
    context: { heard: [] },
    initial: 'listening',
    states: {
      listening: {
        on: {
          'message.received': [
            {
              guard: ({ event }) => event.text === 'boom',
              actions: () => {
                throw new Error('The bot can not go on with +14155550123.');
              },
            },
            { guard: ({ event }) => event.text === 'bye', target: 'over' },
            {
              actions: [
                assign({ heard: ({ context, event }) => [...context.heard, event.text] }),
                say(({ event }) => `You said ${event.text}`),
              ],
            },
          ],
        },
        after: { 3600000: { actions: say('An hour') } },
      },
      over: { type: 'final' },
    },
  }),
});

export interface Api {
  readonly server: RunningServer;
  readonly engine: Engine;
  /** Asks as one of the tokens, or as nobody. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every route.
  ask(name: string, options?: AskOptions): Promise<{ status: number; body: any; response: Response }>;
  /** Texts from a phone, and waits for what follows. */
  text(text: string, from?: string, to?: string): Promise<void>;
}

export interface AskOptions {
  readonly as?: keyof typeof TOKENS;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

let hash: Promise<string> | undefined;

export async function startApi(
  options: {
    readonly access?: Access;
    readonly app?: Partial<AppOptions>;
    readonly openConsole?: boolean;
    readonly plugins?: readonly Plugin[];
  } = {},
): Promise<Api> {
  // As cheap as it gets: what it costs is not what is tested.
  hash ??= hashPassword(PASSWORD, { N: 1024, r: 8, p: 1 });
  const access = options.access ?? {
    users: [{ name: 'ann', role: 'operator', passwordHash: await hash }],
    tokens: (['viewer', 'agent', 'operator'] as const).map((role) => ({ name: role, role, token: TOKENS[role] })),
  };
  const organization = defineOrganization({
    name: 'Test',
    apps: [
      defineApp({ id: 'app', number: OURS, bots: [listener], ...options.app }),
      defineApp({ id: 'secret', number: SECRET_OURS, bots: [listener], confidential: true }),
    ],
    transports: { twilio: twilio() },
    storage: memoryStorage(),
    plugins: options.plugins ?? [],
    access,
  });
  const runtime = createRuntime({ log: silentLog });
  const engine = createEngine(organization, runtime);
  const server = await serve(engine, {
    ...{ port: 0, emulate: 'always', log: silentLog, plugins: runtime.plugins },
    openConsole: options.openConsole ?? false,
  });
  return {
    server,
    engine,
    async ask(name, { as, body, headers = {} } = {}) {
      const [method = 'GET', path = ''] = name.split(' ');
      const response = await fetch(`${server.url}/api/v1${path}`, {
        method,
        redirect: 'manual',
        headers: {
          ...(as === undefined ? {} : { authorization: `Bearer ${TOKENS[as]}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const isJson = response.headers.get('content-type')?.includes('json') ?? false;
      return { status: response.status, body: isJson ? await response.json() : await response.text(), response };
    },
    async text(text, from = ANN, to = OURS) {
      await engine.emulator('twilio').text({ from: address(from), to: address(to), text });
      await engine.idle();
    },
  };
}
