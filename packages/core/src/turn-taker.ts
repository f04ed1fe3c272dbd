import type { ActorProfile } from './actor.ts';
import { type ConversationKey, partiesOf } from './address.ts';
import type { AppRuntime } from './app-runtime.ts';
import type { ConversationDocument } from './document.ts';
import type { Worker } from './draft.ts';
import type { MessageId } from './message.ts';
import type { Profiles } from './profiles.ts';
import type { Runtime } from './runtime.ts';
import type { ConversationStore, Turn, TurnCommit, TurnOutcome } from './storage.ts';
import { type TurnEvent, type TurnResult, takeTurn } from './turn.ts';

/** Has one event taken in by one conversation: decided and committed. */
export type TurnTaker = (
  key: ConversationKey,
  event: TurnEvent,
  app: AppRuntime,
  /** See `ConversationStore.turn`. */
  once?: string,
) => Promise<TurnResult | { readonly kind: 'duplicate' }>;

export interface TurnTakerOptions {
  readonly conversations: Pick<ConversationStore, 'turn'>;
  readonly runtime: Runtime;
  readonly profiles: Pick<Profiles, 'get'>;
  readonly workerFor: (key: ConversationKey) => Worker;
  /** Called with every commit as soon as it is on disk, in the order of the turns of each conversation. */
  readonly committed: (commit: TurnCommit, app: AppRuntime) => void;
}

export function createTurnTaker({
  conversations,
  runtime,
  profiles,
  workerFor,
  committed,
}: TurnTakerOptions): TurnTaker {
  return async (key, event, app, once) => {
    const message = messageOf(event);
    const options = { ...(once === undefined ? {} : { once }), ...(message === undefined ? {} : { message }) };
    const takeWith = (profile?: ActorProfile): Promise<TurnOutcome<Turn<TurnResult>>> => {
      const decide = (document: ConversationDocument | undefined) => {
        const turn = takeTurn(document, event, {
          runtime: app,
          key,
          now: runtime.clock.now(),
          newId: runtime.newId,
          worker: workerFor(key),
          ...(profile === undefined ? {} : { profile }),
        });
        return { ...turn, result: turn };
      };
      return conversations.turn(key, decide, options);
    };
    let outcome = await takeWith();
    if (outcome.kind === 'done' && outcome.result.result.kind === 'needs-profile') {
      outcome = await takeWith(await profiles.get(partiesOf(key).theirs));
    }
    if (outcome.kind === 'duplicate') return outcome;
    const { result, commit } = outcome.result;
    if (commit !== undefined) committed(commit, app);
    return result;
  };
}

/** The message whose status an event is likely to move. */
function messageOf(event: TurnEvent): MessageId | undefined {
  switch (event.kind) {
    case 'settle':
    case 'cancel':
      return event.message;
    case 'fate':
      return event.event.message;
    default:
      return undefined;
  }
}
