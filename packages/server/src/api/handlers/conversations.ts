import type { ConversationSummary } from '@parley/api';
import { type ConversationKey, type Engine, ParleyError } from '@parley/core';
import type { ConversationIds } from '../conversation-ids.ts';
import { activityView, conversationSummaryView, conversationView } from '../views/conversation.ts';
import type { Lens } from '../views/lens.ts';
import { definedOf, type Handlers, requireNumbers } from './handler.ts';

type ConversationHandlers = Pick<
  Handlers,
  Extract<keyof Handlers, `${string} /conversations${string}` | `POST /parked/${string}`>
>;

export function conversationHandlers(engine: Engine, ids: ConversationIds): ConversationHandlers {
  const { conversations, activity } = engine.organization.storage;

  async function show(key: ConversationKey, lens: Lens) {
    const document = await conversations.get(key);
    if (document === undefined) throw new ParleyError('error.platform.conversation.unknown');
    return conversationView(document, lens);
  }

  /** Conversations by their ids, without those that are not there. */
  async function theseOf(named: readonly string[], lens: Lens): Promise<ConversationSummary[]> {
    const documents = await Promise.all(named.map((id) => conversations.get(ids.keyOf(id))));
    return documents.flatMap((document) => (document === undefined ? [] : [conversationSummaryView(document, lens)]));
  }

  /** Does the same in several conversations, one after the other; one that fails does not keep the others from it. */
  async function inEach(all: readonly string[], act: (key: ConversationKey) => Promise<unknown>) {
    const outcomes: { conversation: string; failed?: string }[] = [];
    for (const conversation of all) {
      try {
        await act(ids.keyOf(conversation));
        outcomes.push({ conversation });
      } catch (error) {
        if (!(error instanceof ParleyError)) throw error;
        outcomes.push({ conversation, failed: error.code });
      }
    }
    return { outcomes };
  }

  return {
    async 'GET /conversations'({ query: { app, person, handedOver, parked, ids: named, cursor, limit }, lens }) {
      if (named !== undefined) return { conversations: await theseOf(named.split(','), lens) };
      if (person !== undefined) requireNumbers(lens);
      const documents = await conversations.list({
        limit: limit + 1,
        ...definedOf({ app, person, after: cursor === undefined ? undefined : ids.keyOf(cursor) }),
        ...(handedOver ? { handedOver } : {}),
        ...(parked ? { parked } : {}),
      });
      const page = documents.slice(0, limit);
      const last = page.at(-1);
      return {
        conversations: page.map((document) => conversationSummaryView(document, lens)),
        ...(documents.length > limit && last !== undefined ? { next: ids.idOf(last.key) } : {}),
      };
    },

    'GET /conversations/:conversation': ({ params, lens }) => show(ids.keyOf(params.conversation), lens),

    async 'GET /conversations/:conversation/activity'({ params, query: { journey, cursor, limit }, lens }) {
      const page = await activity.list({
        ...{ conversation: ids.keyOf(params.conversation), limit },
        ...(journey === undefined ? {} : { journey }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      return {
        activity: page.activity.map((record) => activityView(record, lens)),
        ...(page.next === undefined ? {} : { next: page.next }),
      };
    },

    async 'POST /conversations/:conversation/reply'({ params, body: { text }, caller: { name } }) {
      return engine.reply(ids.keyOf(params.conversation), { name, text });
    },

    async 'POST /conversations/:conversation/hand-over'({ params, body: { note }, caller: { name }, lens }) {
      const key = ids.keyOf(params.conversation);
      await engine.handOver(key, { to: name, ...(note === undefined ? {} : { note }) });
      return show(key, lens);
    },

    async 'POST /conversations/:conversation/resume'({ params, lens }) {
      const key = ids.keyOf(params.conversation);
      await engine.resume(key);
      return show(key, lens);
    },

    async 'POST /conversations/:conversation/end'({ params, lens }) {
      const key = ids.keyOf(params.conversation);
      await engine.endJourney(key);
      return show(key, lens);
    },

    async 'POST /conversations/:conversation/skip-ahead'({ params, body: { by }, lens }) {
      const key = ids.keyOf(params.conversation);
      await engine.skipAhead(key, by);
      return show(key, lens);
    },

    async 'POST /conversations/:conversation/fire'({ params, body, lens }) {
      const key = ids.keyOf(params.conversation);
      await engine.fireTimer(key, body);
      return show(key, lens);
    },

    async 'POST /conversations/:conversation/retry-task'({ params, body: { task }, lens }) {
      const key = ids.keyOf(params.conversation);
      await engine.retryTask(key, task);
      return show(key, lens);
    },

    'POST /parked/retry': ({ body }) => inEach(body.conversations, (key) => engine.retryParked(key)),
    'POST /parked/skip': ({ body }) => inEach(body.conversations, (key) => engine.skipParked(key)),
    'POST /parked/end': ({ body }) => inEach(body.conversations, (key) => engine.endJourney(key)),
  };
}
