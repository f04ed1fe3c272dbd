import { createHash, timingSafeEqual } from 'node:crypto';
import { ROLES, type Role } from '@parley/api';
import { type Access, type AccessRole, ParleyError } from '@parley/core';
import type { Context } from 'koa';
import { refusalOf } from '../../phone/guard.ts';
import { wasForwarded } from '../../proxies.ts';
import type { SessionOwner, Sessions } from './sessions.ts';

/** Somebody who asks the API. */
export interface Caller {
  readonly name: string;
  readonly role: Role;
  /** What their browser holds, where they have signed in. */
  readonly session?: string;
}

/** Finds out who asks. */
export interface Callers {
  identify(context: Context): Promise<Caller | undefined>;
}

export const SESSION_COOKIE = 'parley_session';

/**
 * @param open whether this computer needs nothing, for development.
 */
export function createCallers(access: Access, sessions: Sessions, open: boolean): Callers {
  const tokens = (access.tokens ?? []).map(({ name, role, token }) => ({ name, role, hash: sha256(token) }));

  function byToken(token: string): Caller | undefined {
    const hash = sha256(token);
    const found = tokens.filter((known) => timingSafeEqual(known.hash, hash));
    return found[0] && { name: found[0].name, role: found[0].role };
  }

  function ownerAsCaller(owner: SessionOwner, session: string): Caller | undefined {
    const name = owner.kind === 'user' ? owner.name : owner.email;
    const role = owner.kind === 'user' ? roleOfUser(access, owner.name) : roleOfEmail(access, owner.email);
    return role && { name, role, session };
  }

  return {
    async identify(context) {
      const { authorization } = context.req.headers;
      const bearer = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
      if (bearer !== undefined) return byToken(bearer);
      const session = context.cookies.get(SESSION_COOKIE);
      if (session !== undefined) {
        const owner = await sessions.ownerOf(session);
        const caller = owner && ownerAsCaller(owner, session);
        if (caller !== undefined) {
          requireOwnPage(context);
          return caller;
        }
      }
      return open && isThisComputer(context) ? { name: 'developer', role: 'operator' } : undefined;
    },
  };
}

export function roleOfUser({ users = [] }: Access, name: string): AccessRole | undefined {
  return users.find((user) => user.name === name)?.role;
}

/** An address of its own goes before its domain. */
export function roleOfEmail({ openId }: Access, email: string): AccessRole | undefined {
  const address = email.toLowerCase();
  const roles = new Map(Object.entries(openId?.roles ?? {}).map(([name, role]) => [name.toLowerCase(), role]));
  return roles.get(address) ?? roles.get(address.slice(address.lastIndexOf('@')));
}

export function mayAs(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/**
 * A browser sends its session along with whatever a page of somebody else asks of us. What changes something has to carry a header that
 * only pages of our own can set.
 *
 * @throws `error.platform.access.foreign-request`
 */
export function requireOwnPage(context: Context): void {
  if (context.method === 'GET' || context.method === 'HEAD') return;
  const { headers } = context.req;
  const site = headers['sec-fetch-site'];
  const isOurs = headers['x-parley'] !== undefined && (site === undefined || site === 'same-origin');
  if (!isOurs) throw new ParleyError('error.platform.access.foreign-request');
}

function isThisComputer(context: Context): boolean {
  const { headers, socket } = context.req;
  const site = headers['sec-fetch-site'];
  return (
    refusalOf({
      method: context.method,
      host: headers.host,
      origin: headers.origin,
      fetchSite: typeof site === 'string' ? site : undefined,
      remoteAddress: socket.remoteAddress,
      forwarded: wasForwarded(context.req),
      allowHosts: [],
    }) === undefined
  );
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
