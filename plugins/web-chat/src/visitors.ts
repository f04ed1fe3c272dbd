import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Address, address } from '@parley/core';

/** A visitor of one chat. */
export interface Visitor {
  /** The name of the chat: `support` of `web:support`. */
  readonly app: string;
  /** Their address: `web:v` and 26 characters. */
  readonly address: Address;
}

/** Gives visitors tokens by which they are known again. */
export interface Tokens {
  /** Somebody new, who has no conversation yet. */
  welcome(app: string): { readonly visitor: Visitor; readonly token: string };
  /** Who has this token; `undefined` when nobody was given it. */
  read(token: string): Visitor | undefined;
}

/** The channel, as it stands in front of addresses. */
export const CHANNEL = 'web:';

/** In front of what is signed, so that a signature made for anything else is none of ours. */
const PURPOSE = 'parley web chat 1';

/** Base 32 as Crockford has it, in lower case: no letter that is taken for a digit. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

const TOKEN = /^([a-z][a-z0-9-]*)\.(v[0-9a-z]{26})\.([\w-]{43})$/;

/**
 * Tokens that say by themselves who has them: `<chat>.<visitor>.<signature>`, so that nothing has to be kept of visitors who only look.
 *
 * @param secrets the first signs, all of them count.
 */
export function createTokens(secrets: readonly [string, ...string[]]): Tokens {
  const [current] = secrets;
  return {
    welcome(app) {
      const name = `v${encode(randomBytes(16))}`;
      return {
        visitor: { app, address: address(CHANNEL + name) },
        token: `${app}.${name}.${sign(current, app, name).toString('base64url')}`,
      };
    },
    read(token) {
      const [, app, name, signature] = TOKEN.exec(token) ?? [];
      if (app === undefined || name === undefined || signature === undefined) return undefined;
      const given = Buffer.from(signature, 'base64url');
      // All of them, whichever fits: how long it takes tells nothing.
      const fitting = secrets.filter((secret) => isEqual(sign(secret, app, name), given));
      return fitting.length === 0 ? undefined : { app, address: address(CHANNEL + name) };
    },
  };
}

function sign(secret: string, app: string, name: string): Buffer {
  return createHmac('sha256', secret).update(`${PURPOSE}\n${app}\n${name}`).digest();
}

function isEqual(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function encode(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}
