import { openApi } from '@parley/api';
import type { Access, Engine } from '@parley/core';
import type { Context } from 'koa';
import type { Attempts } from '../access/attempts.ts';
import type { Callers } from '../access/callers.ts';
import type { OpenIdSignIn } from '../access/open-id.ts';
import type { Sessions } from '../access/sessions.ts';
import type { AuditLog } from '../audit-log.ts';
import type { ConversationIds } from '../conversation-ids.ts';
import type { Events } from '../events.ts';
import { conversationHandlers } from './conversations.ts';
import { definedOf, type Handlers } from './handler.ts';
import { healthHandlers } from './health.ts';
import { journeyHandlers } from './journeys.ts';
import { messageHandlers } from './messages.ts';
import { organizationHandlers } from './organization.ts';
import { peopleHandlers } from './people.ts';
import { phoneHandlers } from './phone.ts';
import { sessionHandlers } from './session.ts';

export interface HandlerParts {
  readonly engine: Engine;
  readonly ids: ConversationIds;
  readonly audit: AuditLog;
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly openId: OpenIdSignIn | undefined;
  readonly access: Access;
  readonly identify: Callers['identify'];
  readonly events: Events;
  readonly open: boolean;
  readonly version: string;
  /** Under which path everything of Parley is, as browsers see it. */
  readonly rootOf: (context: Context) => string;
  /** Whether the phone page is served. */
  readonly phone: boolean;
  readonly now: () => number;
}

/** What is done for each route. */
export function createHandlers(parts: HandlerParts): Handlers {
  const { engine, ids, audit, events, identify, version, rootOf, phone, now } = parts;
  return {
    ...sessionHandlers(parts),
    ...organizationHandlers(engine, {
      version,
      phoneOf: (context) => (phone ? `${rootOf(context)}/phone/` : undefined),
    }),
    ...healthHandlers(engine, now),
    ...messageHandlers(engine),
    ...conversationHandlers(engine, ids),
    ...journeyHandlers(engine),
    ...peopleHandlers(engine, ids),
    ...phoneHandlers(engine, ids),

    async 'GET /events'({ query: { app, conversation }, caller, lens, context }) {
      events.open(context, {
        filter: { app, conversation: conversation && ids.keyOf(conversation) },
        ...{ lens, name: caller.name },
        mayStay: async () => (await identify(context))?.role === caller.role,
      });
    },

    'GET /audit': ({ query: { since, cursor, limit } }) => audit.list({ limit, ...definedOf({ since, cursor }) }),

    'GET /openapi.json': async () => openApi({ version }),
  };
}
