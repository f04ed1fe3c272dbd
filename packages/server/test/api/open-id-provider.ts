import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const CLIENT = { id: 'parley', secret: 'the secret of the client' };

/** What the provider does otherwise than it should. */
export interface Faults {
  /** In place of what the claims would be. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** `none`: unsigned. `foreign`: signed with a key that it does not publish. */
  readonly signature?: 'none' | 'foreign';
  readonly token?: (response: ServerResponse) => void;
}

/** An OpenID Connect provider: authorization code flow, PKCE, RS256. Whoever asks is signed in at once as {@link email}. */
export interface Provider {
  readonly issuer: string;
  readonly client: typeof CLIENT;
  faults: Faults;
  email: string;
  /** What a browser does there: it is sent back to the callback. */
  signIn(authorizationUrl: string): URL;
  close(): void;
}

interface Grant {
  readonly nonce: string | null;
  readonly challenge: string | null;
  readonly redirect: string | null;
}

export async function startProvider(): Promise<Provider> {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const grants = new Map<string, Grant>();

  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', issuer);
    if (pathname === '/.well-known/openid-configuration') json(response, metadata());
    else if (pathname === '/jwks')
      json(response, { keys: [{ ...key.publicKey.export({ format: 'jwk' }), kid: 'one' }] });
    else if (pathname === '/token') void token(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function metadata() {
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    };
  }

  async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await textOf(request));
    const grant = grants.get(form.get('code') ?? '');
    grants.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isClient = form.get('client_id') === CLIENT.id && form.get('client_secret') === CLIENT.secret;
    if (!isClient || grant?.challenge !== challenge || grant.redirect !== form.get('redirect_uri')) {
      return json(response, { error: 'invalid_grant' }, 400);
    }
    if (provider.faults.token !== undefined) return provider.faults.token(response);
    json(response, { access_token: 'access', token_type: 'Bearer', id_token: idToken(grant) });
  }

  function idToken({ nonce }: Grant): string {
    const now = Math.floor(Date.now() / 1000);
    const { claims = {}, signature } = provider.faults;
    const payload = {
      ...{ iss: issuer, aud: CLIENT.id, sub: provider.email, iat: now, exp: now + 300, nonce },
      ...{ email: provider.email, email_verified: true, ...claims },
    };
    const parts = [{ alg: signature === 'none' ? 'none' : 'RS256', kid: 'one' }, payload];
    const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    if (signature === 'none') return `${signed}.`;
    const { privateKey } = signature === 'foreign' ? foreign : key;
    return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
  }

  const provider: Provider = {
    ...{ issuer, client: CLIENT, faults: {}, email: 'ann@clinic.example' },
    signIn(authorizationUrl) {
      const { searchParams: asked } = new URL(authorizationUrl);
      const code = randomBytes(8).toString('hex');
      const redirect = asked.get('redirect_uri');
      grants.set(code, { nonce: asked.get('nonce'), challenge: asked.get('code_challenge'), redirect });
      const back = new URL(redirect ?? '');
      back.search = String(new URLSearchParams({ code, state: asked.get('state') ?? '', iss: issuer }));
      return back;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return provider;
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
