import type { BodyOf } from '@parley/api';
import { type ActorPatch, type ConversationKey, type Engine, partiesOf, personOf } from '@parley/core';
import type { ConversationIds } from '../conversation-ids.ts';
import { actorView, conversationSummaryView } from '../views/conversation.ts';
import type { Lens } from '../views/lens.ts';
import { definedOf, type Handlers } from './handler.ts';

type PeopleHandlers = Pick<Handlers, Extract<keyof Handlers, `${string} /people${string}`>>;

/** More conversations than anybody has with one organization. */
const MOST_CONVERSATIONS = 100;

export function peopleHandlers(engine: Engine, ids: ConversationIds): PeopleHandlers {
  const { conversations } = engine.organization.storage;

  async function show(key: ConversationKey, lens: Lens) {
    const { theirs } = partiesOf(key);
    const person = personOf(theirs);
    const [{ profile, plugins }, documents] = await Promise.all([
      engine.describeActor(theirs),
      conversations.list({ person, limit: MOST_CONVERSATIONS }),
    ]);
    return {
      actor: actorView(profile, lens),
      // A short code may begin like another one.
      conversations: documents
        .filter((document) => personOf(document.theirs) === person)
        .map((document) => conversationSummaryView(document, lens)),
      plugins: plugins.map(({ plugin, title, facts }) => ({
        plugin,
        title,
        facts: facts.map((fact) => ({ ...fact })),
      })),
    };
  }

  return {
    'GET /people/:conversation': ({ params, lens }) => show(ids.keyOf(params.conversation), lens),

    async 'PATCH /people/:conversation'({ params, body, lens }) {
      const key = ids.keyOf(params.conversation);
      await engine.updateActor(partiesOf(key).theirs, patchOf(body));
      return show(key, lens);
    },

    'DELETE /people/:conversation': ({ params }) => engine.eraseActor(partiesOf(ids.keyOf(params.conversation)).theirs),
  };
}

/** JSON has no `undefined`, which is what forgets a field. */
function patchOf({ attributes, ...fields }: BodyOf<'PATCH /people/:conversation'>): ActorPatch {
  return {
    ...forgetting(definedOf(fields)),
    ...(attributes === undefined ? {} : { attributes: forgetting(attributes) }),
  };
}

function forgetting<Value extends object>(value: Value): { [Key in keyof Value]: Exclude<Value[Key], null> } {
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, field ?? undefined])) as never;
}
