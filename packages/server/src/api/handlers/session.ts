import type { Session } from '@parley/api';
import { type Access, ParleyError } from '@parley/core';
import type { Context } from 'koa';
import type { Attempts } from '../access/attempts.ts';
import { type Caller, requireOwnPage, roleOfUser, SESSION_COOKIE } from '../access/callers.ts';
import type { OpenIdSignIn } from '../access/open-id.ts';
import { isPassword, NOBODY } from '../access/password.ts';
import { SESSION_LIFE, type Sessions } from '../access/sessions.ts';
import type { Handlers } from './handler.ts';

type SessionHandlers = Pick<Handlers, Extract<keyof Handlers, `${string} /session` | `${string} /openid/${string}`>>;

export interface SessionParts {
  readonly access: Access;
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly openId: OpenIdSignIn | undefined;
  readonly open: boolean;
  /** Under which path everything of Parley is, as browsers see it. */
  readonly rootOf: (context: Context) => string;
}

export function sessionHandlers(parts: SessionParts): SessionHandlers {
  const { access, sessions, attempts, openId, open, rootOf } = parts;
  const { users = [] } = access;
  const methods = { open, password: users.length > 0, openId: openId !== undefined };

  const sessionOf = (caller: Pick<Caller, 'name' | 'role'> | undefined): Session => ({
    ...(caller === undefined ? {} : { user: { name: caller.name, role: caller.role } }),
    methods,
  });

  function setCookie(context: Context, value: string | null): void {
    context.cookies.set(SESSION_COOKIE, value, {
      ...{ httpOnly: true, sameSite: 'strict', secure: context.secure, overwrite: true },
      path: `${rootOf(context)}/api`,
      maxAge: value === null ? 0 : SESSION_LIFE,
    });
  }

  return {
    'GET /session': async ({ caller }) => sessionOf(caller),

    async 'POST /session'({ body: { name = users.length === 1 ? users[0]?.name : '', password }, context }) {
      requireOwnPage(context);
      const known = name ?? '';
      const role = roleOfUser(access, known);
      // What a name that is unknown is compared with costs what one that is known does.
      const { passwordHash = NOBODY } = users.find((one) => one.name === known) ?? users[0] ?? {};
      const compare = async () => (await isPassword(password, passwordHash)) && role !== undefined;
      const isRight = await attempts.check(known, context.ip, compare);
      if (!isRight || role === undefined) throw new ParleyError('error.platform.access.wrong-credentials');
      setCookie(context, await sessions.begin({ kind: 'user', name: known }));
      return sessionOf({ name: known, role });
    },

    async 'DELETE /session'({ caller, context }) {
      requireOwnPage(context);
      if (caller?.session !== undefined) await sessions.end(caller.session);
      setCookie(context, null);
      return sessionOf(undefined);
    },

    async 'GET /openid/start'({ context }) {
      context.redirect(await requireOpenId(openId).begin(context));
    },

    async 'GET /openid/callback'({ context }) {
      const email = await requireOpenId(openId).finish(context);
      setCookie(context, await sessions.begin({ kind: 'openId', email }));
      context.redirect(`${rootOf(context)}/console/`);
    },
  };
}

function requireOpenId(openId: OpenIdSignIn | undefined): OpenIdSignIn {
  if (openId === undefined) throw new ParleyError('error.platform.server.not-found');
  return openId;
}
