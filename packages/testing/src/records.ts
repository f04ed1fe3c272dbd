import {
  type ActivityRecord,
  type Address,
  type ConversationDocument,
  type ConversationKey,
  conversationKey,
  type MessageId,
  type MessageRecord,
  partiesOf,
  type StatusUpdate,
  type Turn,
  type TurnCommit,
} from '@parley/core';

export const OURS = '+14155550100' as Address;

/** The key of the conversation with the person number `index`, at our number unless another is given. */
export function buildKey(index = 0, ours: Address = OURS): ConversationKey {
  return conversationKey(ours, `+1415556${String(index).padStart(4, '0')}` as Address);
}

/** A conversation that nothing has happened in, as far as nothing else is said. */
export function buildDocument(fields: Partial<ConversationDocument> = {}): ConversationDocument {
  const key = fields.key ?? buildKey();
  const { ours, theirs } = partiesOf(key);
  return {
    format: 1,
    key,
    app: 'clinic',
    ours,
    theirs,
    createdAt: 0,
    turns: 1,
    actor: { address: theirs },
    outbox: [],
    ...fields,
  };
}

/** An inbound text, or with `direction: 'outbound'` one that waits to be sent. */
export function buildMessage(fields: Partial<Omit<MessageRecord, 'id'>> & { readonly id: string }): MessageRecord {
  const conversation = fields.conversation ?? buildKey();
  const inbound = fields.direction !== 'outbound';
  return {
    conversation,
    app: 'clinic',
    direction: 'inbound',
    ...partiesOf(conversation),
    text: 'Hello',
    media: [],
    origin: inbound ? { kind: 'actor' } : { kind: 'app', why: 'otherwise' },
    category: 'conversational',
    at: 0,
    status: inbound ? 'received' : 'pending',
    history: [],
    ...fields,
    id: fields.id as MessageId,
  };
}

export function buildActivity(fields: Partial<ActivityRecord> & { readonly id: string }): ActivityRecord {
  return { conversation: buildKey(), app: 'clinic', at: 0, kind: 'track', ...fields };
}

/** What a provider's callback says. */
export function buildUpdate(status: StatusUpdate['status'], fields: Partial<StatusUpdate> = {}): StatusUpdate {
  return { status, at: 0, source: 'callback', ...fields };
}

/** A turn that commits a document and whatever else is given. */
export function commits(
  document: ConversationDocument,
  rest: Partial<Omit<TurnCommit, 'document'>> = {},
): Turn<undefined> {
  return { result: undefined, commit: { document, messages: [], statuses: [], activity: [], ...rest } };
}
