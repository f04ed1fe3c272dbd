import type { Address, ConversationKey, MessageId, MessageRecord, MessageStatus } from '@parley/core';
import type { Database } from './database.ts';
import { isTextlike, searchable, toText } from './text.ts';

/** A message as the table has it. */
export interface MessageRow {
  readonly id: MessageId;
  readonly conversation: ConversationKey;
  readonly app: string;
  readonly direction: 'inbound' | 'outbound';
  readonly status: MessageStatus;
  readonly at: number;
  readonly provider_id: string | null;
  readonly text: string;
  readonly body: string;
}

/** What the queries select, from `messages AS m`. */
export const MESSAGE_COLUMNS =
  'm.id, m.conversation, m.app, m.direction, m.status, m.at, m.provider_id, m.text, m.body';

/** Reads a single message by what names it. */
export async function findMessage(
  database: Database,
  column: 'id' | 'provider_id',
  value: string,
): Promise<MessageRecord | undefined> {
  const [row] = await database.query<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM $schema.messages AS m WHERE m.${column} = $1 ORDER BY m.seq DESC LIMIT 1`,
    [toText(value)],
  );
  return row && recordOf(row);
}

type Body = Omit<MessageRecord, 'id' | 'conversation' | 'app' | 'direction' | 'status' | 'at' | 'text' | 'providerId'>;

export function recordOf(row: MessageRow): MessageRecord {
  const { id, conversation, app, direction, status, at, text } = row;
  const body = JSON.parse(row.body) as Body;
  const providerId = row.provider_id === null ? {} : { providerId: row.provider_id };
  // What a column could not hold is in the body as well, and comes last.
  return { id, conversation, app, direction, status, at, text, ...providerId, ...body };
}

/** The columns of a message, ready to be written. */
export function rowOf(message: MessageRecord): MessageRow {
  const { id, conversation, app, direction, status, at, providerId, text } = message;
  return {
    id,
    conversation,
    app,
    direction,
    status,
    at: Math.floor(at),
    provider_id: providerId === undefined ? null : toText(providerId),
    text: searchable(text),
    body: bodyOf(message),
  };
}

/** How the bodies of messages of a number of ours begin: a question that is answered without reading the rest. */
export function beginningOf(ours: Address): string {
  return JSON.stringify({ ours }).slice(0, -1);
}

/** What has no column of its own, so that nothing is stored twice. */
function bodyOf(message: MessageRecord): string {
  const { ours, theirs, media, origin, category, providerStatus, error, history, sentText } = message;
  const { text, at, providerId } = message;
  // Our number comes first: see beginningOf.
  const body = { ours, theirs, media, origin, category, providerStatus, error, history, sentText } satisfies {
    [Field in keyof Required<Body>]: Body[Field] | undefined;
  };
  return JSON.stringify({
    ...body,
    ...(isTextlike(text) ? {} : { text }),
    ...(Number.isInteger(at) ? {} : { at }),
    ...(providerId === undefined || isTextlike(providerId) ? {} : { providerId }),
  });
}
