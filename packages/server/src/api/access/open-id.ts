import { type Access, codeOf, isLoopback, ParleyError } from '@parley/core';
import type { Context } from 'koa';
import * as client from 'openid-client';
import { roleOfEmail } from './callers.ts';

/** Signs people in with an OpenID Connect provider: authorization code flow with PKCE, as RFC 9700 wants it. */
export interface OpenIdSignIn {
  /** Answers where to send the browser. */
  begin(context: Context): Promise<string>;
  /**
   * Answers the verified email address of whoever came back.
   *
   * @throws `error.platform.access.provider-failed`, `error.platform.access.forbidden`
   */
  finish(context: Context): Promise<string>;
}

const COOKIE = 'parley_openid';

/** How long somebody may take at the provider, in milliseconds. */
const PATIENCE = 10 * 60_000;

/** @param callbackUrl where the provider sends the browser back to, as it is registered there. */
export function createOpenIdSignIn(access: Access, callbackUrl: () => string): OpenIdSignIn | undefined {
  const { openId } = access;
  if (openId === undefined) return undefined;
  const { issuer, clientId, clientSecret } = openId;
  let configuration: Promise<client.Configuration> | undefined;

  /** Read when it is first needed, and again after a failure: a provider that is away must not keep the server from its start. */
  async function discover(): Promise<client.Configuration> {
    const url = new URL(issuer);
    configuration ??= client.discovery(url, clientId, clientSecret, undefined, {
      // The signature of a token as well, though it comes from the provider itself.
      execute: [client.enableNonRepudiationChecks, ...(mayGoWithoutTls(url) ? [client.allowInsecureRequests] : [])],
    });
    try {
      return await configuration;
    } catch (cause) {
      configuration = undefined;
      throw failed('it can not be reached', cause);
    }
  }

  return {
    async begin(context) {
      const config = await discover();
      const verifier = client.randomPKCECodeVerifier();
      const state = client.randomState();
      const nonce = client.randomNonce();
      context.cookies.set(COOKIE, [verifier, state, nonce].join('.'), {
        // Lax: the browser comes back from the provider's site.
        ...{ httpOnly: true, sameSite: 'lax', secure: context.secure, maxAge: PATIENCE, overwrite: true },
      });
      return client.buildAuthorizationUrl(config, {
        ...{ redirect_uri: callbackUrl(), scope: 'openid email', state, nonce },
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }).href;
    },

    async finish(context) {
      const [pkceCodeVerifier, expectedState, expectedNonce] = (context.cookies.get(COOKIE) ?? '').split('.');
      context.cookies.set(COOKIE, null, { httpOnly: true, sameSite: 'lax', secure: context.secure, overwrite: true });
      if (!pkceCodeVerifier || !expectedState || !expectedNonce) throw failed('it took too long, or began elsewhere');
      const config = await discover();
      const url = new URL(callbackUrl());
      url.search = context.search;
      const claims = await claimsOf(config, url, { pkceCodeVerifier, expectedState, expectedNonce });
      const { email, email_verified: verified } = claims as { email?: unknown; email_verified?: unknown };
      if (typeof email !== 'string' || verified !== true) throw failed('it does not vouch for an email address');
      if (roleOfEmail(access, email) === undefined) {
        throw new ParleyError('error.platform.access.forbidden', { role: 'viewer' });
      }
      return email;
    },
  };
}

/** A provider for development: `defineOrganization` refuses any other without TLS. */
function mayGoWithoutTls({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && isLoopback(hostname);
}

async function claimsOf(
  config: client.Configuration,
  url: URL,
  checks: { pkceCodeVerifier: string; expectedState: string; expectedNonce: string },
): Promise<object> {
  try {
    const tokens = await client.authorizationCodeGrant(config, url, { ...checks, idTokenExpected: true });
    return tokens.claims() ?? {};
  } catch (cause) {
    throw failed(`it refused (${codeOf(cause)})`, cause);
  }
}

function failed(problem: string, cause?: unknown): ParleyError {
  return new ParleyError('error.platform.access.provider-failed', { problem }, { cause });
}
