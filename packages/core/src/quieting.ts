import type { ConversationKey } from './address.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { ConversationDocument } from './document.ts';
import { isUntouched, leaving } from './outbox.ts';
import type { Clock } from './runtime.ts';
import type { ConversationStore } from './storage.ts';

/** Waits until nothing leaves any more that was past its policies when they changed their mind. */
export type Quieting = (document: ConversationDocument) => Promise<void>;

export interface QuietingOptions {
  readonly owner: string;
  readonly conversations: Pick<ConversationStore, 'get'>;
  readonly dispatcher: Pick<Dispatcher, 'leaving'>;
  readonly clock: Clock;
}

/** How often another process is looked at, in milliseconds. */
const LOOK_EVERY = 20;

/** A provider that takes longer is not waited for, in milliseconds: a webhook has to be answered. */
const AT_MOST = 5_000;

export function createQuieting({ owner, conversations, dispatcher, clock }: QuietingOptions): Quieting {
  async function isStillLeaving(key: ConversationKey, before: ConversationDocument): Promise<boolean> {
    const now = await conversations.get(key);
    if (now === undefined || now.dispatch?.owner !== before.dispatch?.owner) return false;
    const candidates = leaving(before, clock.now());
    return candidates.every((message) => now.outbox.some((other) => isUntouched(other, message)));
  }

  return async (document) => {
    const { key, dispatch } = document;
    if (dispatch === undefined || leaving(document, clock.now()).length === 0) return;
    if (dispatch.owner === owner) return dispatcher.leaving(key);
    // Another process sends: its next turn shows that it has been through what it was at.
    const end = clock.monotonic() + AT_MOST;
    while (clock.monotonic() < end && (await isStillLeaving(key, document))) {
      await new Promise<void>((resolve) => clock.setTimeout(resolve, LOOK_EVERY));
    }
  };
}
