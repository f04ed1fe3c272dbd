import { setImmediate as nextPass } from 'node:timers/promises';
import type { Backlog, ConversationDocument, ConversationKey, ConversationQuery } from '@parley/core';
import { partiesOf, personOf } from '@parley/core';
import type { Database } from './database.ts';
import { PERSON } from './schema.ts';

/** How many conversations one statement looks through, so that the event loop gets its turn in between. */
const STEP = 1_000;

/** Comes after all that begins alike. */
const LAST = '\u{10ffff}';

/** Documents that match a query, in the order of their keys; those of people in the order of their numbers. */
export async function listConversations(
  database: Database,
  query: ConversationQuery,
): Promise<readonly ConversationDocument[]> {
  const documents =
    query.person === undefined ? byKey(database, query) : await byPerson(database, query, personOf(query.person));
  return documents.map((document) => JSON.parse(document) as ConversationDocument);
}

function byKey(database: Database, { app, parked, handedOver, after, limit }: ConversationQuery) {
  const conditions = [
    'key > ?',
    ...(app === undefined ? [] : ['app = ?']),
    ...(parked === undefined ? [] : ['parked IS NOT NULL']),
    ...(handedOver === undefined ? [] : ['handed_over IS NOT NULL']),
  ];
  return database
    .prepare<(string | number)[], string>(
      `SELECT document FROM conversations ${indexFor(parked, handedOver)}
       WHERE ${conditions.join(' AND ')} ORDER BY key LIMIT ?`,
    )
    .pluck()
    .all(...[after ?? '', app].filter((value) => value !== undefined), limit);
}

/** Those of one app that are parked are found among all that are parked: there are few. */
function indexFor(parked: true | undefined, handedOver: true | undefined): string {
  if (parked !== undefined) return 'INDEXED BY conversations_parked';
  return handedOver === undefined ? '' : 'INDEXED BY conversations_handed_over';
}

interface PersonRow {
  readonly id: number;
  readonly key: ConversationKey;
  readonly app: string;
  readonly parked: number | null;
  readonly handed_over: number | null;
}

/** Walks the index by person from the first that begins like this on, or from the page before. */
async function byPerson(database: Database, query: ConversationQuery, prefix: string): Promise<readonly string[]> {
  const step = database.prepare<(string | number)[], PersonRow>(
    `SELECT id, key, app, parked, handed_over FROM conversations INDEXED BY conversations_by_person
     WHERE ${PERSON} >= ? AND ${PERSON} < ? AND (${PERSON} > ? OR key > ?) ORDER BY ${PERSON}, key LIMIT ?`,
  );
  const documentOf = database.prepare<[number], string>('SELECT document FROM conversations WHERE id = ?').pluck();
  const { app, parked, handedOver, limit } = query;
  const isPlain = app === undefined && parked === undefined && handedOver === undefined;
  const size = isPlain ? limit : STEP;
  const found: string[] = [];
  let after = query.after;
  while (found.length < limit) {
    const person = after === undefined ? '' : personOf(partiesOf(after).theirs);
    const from = person > prefix ? person : prefix;
    const rows = step.all(from, prefix + LAST, person, after ?? '', size);
    const wanted = rows.filter((row) => matches(row, query)).slice(0, limit - found.length);
    found.push(...wanted.map(({ id }) => documentOf.get(id)).filter((document) => document !== undefined));
    after = rows.at(-1)?.key;
    if (rows.length < size || isPlain) break;
    await nextPass();
  }
  return found;
}

function matches(row: PersonRow, { app, parked, handedOver }: ConversationQuery): boolean {
  return (
    (app === undefined || row.app === app) &&
    (parked === undefined || row.parked !== null) &&
    (handedOver === undefined || row.handed_over !== null)
  );
}

/** Reads the index of what is due, and no conversation. */
export function backlogReader(database: Database): (now: number, limit: number) => Backlog {
  const due = 'FROM conversations INDEXED BY conversations_due WHERE due_at IS NOT NULL AND due_at <= ?';
  const count = database.prepare<[number, number], number>(`SELECT count(*) FROM (SELECT 1 ${due} LIMIT ?)`).pluck();
  // What is due at once has a due_at of 0.
  const earliest = database.prepare<[number], number | null>(`SELECT min(due_at) ${due} AND due_at > 0`).pluck();
  return (now, limit) => {
    const since = earliest.get(now) ?? undefined;
    return { due: count.get(now, limit) ?? 0, ...(since === undefined ? {} : { since }) };
  };
}
