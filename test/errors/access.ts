import { type Access, createEngine, silentLog } from '@parley/core';
import { createRuntime, serve } from '@parley/server';
import { organization, type Provocation } from './world.ts';

const OPERATOR = 'o'.repeat(40);
const VIEWER = 'v'.repeat(40);

/** Nothing listens at this issuer. */
const ACCESS: Access = {
  // As cheap as it gets to compare: what it costs is not what is tested.
  users: [{ name: 'ann', role: 'operator', passwordHash: 'scrypt$1024$8$1$bm90IGEgcmVhbCBzYWx0$bm90IGEgcmVhbCBoYXNo' }],
  tokens: [
    { name: 'operator', role: 'operator', token: OPERATOR },
    { name: 'viewer', role: 'viewer', token: VIEWER },
  ],
  openId: { issuer: 'http://127.0.0.1:9', clientId: 'parley', clientSecret: 'a secret of tests', roles: {} },
};

interface Call {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly times?: number;
}

/** Asks the API of a server, once or several times, and answers with the code that it gave last. */
function asking(request: string, { token, headers = {}, body, times = 1 }: Call = {}): Provocation {
  return async () => {
    const runtime = createRuntime({ log: silentLog });
    const engine = createEngine({ ...organization(), access: ACCESS }, runtime);
    const server = await serve(engine, { ...runtime, port: 0 });
    const [method = 'GET', path = ''] = request.split(' ');
    try {
      let code: unknown;
      for (let time = 0; time < times; time++) {
        const response = await fetch(`${server.url}/api/v1${path}`, {
          method,
          headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        code = ((await response.json()) as { error?: { code?: unknown } }).error?.code;
      }
      return code;
    } finally {
      await server.close({ grace: 0 });
    }
  };
}

const ownPage = { 'x-parley': 'console' };
const wrong = { name: 'ann', password: 'wrong' };

/** What the console and the API refuse. */
export const access: Readonly<Record<string, Provocation>> = {
  'error.platform.access.sign-in-required': asking('GET /messages'),
  'error.platform.access.forbidden': asking('GET /audit', { token: VIEWER }),
  'error.platform.access.wrong-credentials': asking('POST /session', { headers: ownPage, body: wrong }),
  'error.platform.access.too-many-attempts': asking('POST /session', { headers: ownPage, body: wrong, times: 11 }),
  'error.platform.access.foreign-request': asking('POST /session', { body: wrong }),
  'error.platform.access.provider-failed': asking('GET /openid/start'),
  'error.platform.journey.unknown': asking('GET /journeys/none', { token: OPERATOR }),
};
