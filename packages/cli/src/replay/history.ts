import type { ActivityRecord, ConversationDocument, ConversationKey, MessageRecord, Storage } from '@parley/core';

/** Everything that is kept of a conversation, oldest first. */
export interface History {
  readonly key: ConversationKey;
  readonly document: ConversationDocument | undefined;
  readonly activity: readonly ActivityRecord[];
  readonly messages: readonly MessageRecord[];
}

/** Which journeys are asked for. */
export interface Wanted {
  readonly app?: string;
  readonly bot?: string;
  /** Only those that began at this moment or later. */
  readonly since?: number;
  /** How many at most, the newest. */
  readonly limit: number;
}

const PAGE = 500;

/** The ids of journeys that match, by the conversations that they are in. */
export async function findJourneys(
  { activity }: Pick<Storage, 'activity'>,
  { limit, ...query }: Wanted,
): Promise<ReadonlyMap<ConversationKey, ReadonlySet<string>>> {
  const found = new Map<ConversationKey, Set<string>>();
  let left = limit;
  const asked = { ...query, kinds: ['journey.started'] } as const;
  for await (const { conversation, journey } of all(
    (page) => activity.list({ ...asked, ...page }),
    (page) => page.activity,
  )) {
    if (left === 0) break;
    if (journey === undefined) continue;
    left -= 1;
    found.set(conversation, (found.get(conversation) ?? new Set()).add(journey));
  }
  return found;
}

/** Reads everything of a conversation. */
export async function readHistory(
  storage: Pick<Storage, 'conversations' | 'activity' | 'messages'>,
  key: ConversationKey,
): Promise<History> {
  const [document, activity, messages] = await Promise.all([
    storage.conversations.get(key),
    collect(
      all(
        (page) => storage.activity.list({ conversation: key, ...page }),
        (page) => page.activity,
      ),
    ),
    collect(
      all(
        (page) => storage.messages.list({ conversation: key, ...page }),
        (page) => page.messages,
      ),
    ),
  ]);
  return { key, document, activity: oldestFirst(activity), messages: oldestFirst(messages) };
}

/** Goes through all pages of a list. */
async function* all<Page extends { readonly next?: string }, Row>(
  list: (page: { readonly limit: number; readonly cursor?: string }) => Promise<Page>,
  rowsOf: (page: Page) => readonly Row[],
): AsyncGenerator<Row, void, undefined> {
  let cursor: string | undefined;
  do {
    const page = await list({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    yield* rowsOf(page);
    cursor = page.next;
  } while (cursor !== undefined);
}

async function collect<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const collected: Row[] = [];
  for await (const row of rows) collected.push(row);
  return collected;
}

function oldestFirst<Row extends { readonly at: number; readonly id: string }>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort(inOrder);
}

/** Sorts by moment, and what is of one moment by id. */
export function inOrder(
  one: { readonly at: number; readonly id: string },
  other: { readonly at: number; readonly id: string },
): number {
  if (one.at !== other.at) return one.at - other.at;
  return one.id < other.id ? -1 : Number(one.id > other.id);
}
