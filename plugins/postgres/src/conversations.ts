import {
  type Backlog,
  type ConversationDocument,
  type ConversationKey,
  type ConversationQuery,
  partiesOf,
  personOf,
} from '@parley/core';
import type { Database } from './database.ts';
import { toText } from './text.ts';

/** What is not a turn: reading conversations, and leasing those that are due. */

export async function findConversation(
  database: Database,
  key: ConversationKey,
): Promise<ConversationDocument | undefined> {
  const [row] = await database.query<{ document: string }>(
    'SELECT document FROM $schema.conversations WHERE key = $1',
    [key],
  );
  return row && (JSON.parse(row.document) as ConversationDocument);
}

/** Passes over what another process is leasing at this moment. */
const LEASE = `
  WITH picked AS (
    SELECT key, at FROM $schema.due WHERE at <= $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED
  ), leased AS (
    UPDATE $schema.due SET at = $3 FROM picked WHERE due.key = picked.key
  )
  SELECT key FROM picked ORDER BY at`;

export async function leaseDue(
  database: Database,
  now: number,
  limit: number,
  leaseUntil: number,
): Promise<readonly ConversationKey[]> {
  const values = [Math.floor(now), limit, Math.ceil(leaseUntil)];
  return (await database.query<{ key: ConversationKey }>(LEASE, values)).map(({ key }) => key);
}

export async function nextDueAt(database: Database): Promise<number | undefined> {
  const [row] = await database.query<{ at: number }>('SELECT at FROM $schema.due ORDER BY at LIMIT 1');
  return row?.at;
}

/** Reads the index of what is due alone. What is due at once has a moment of 0, which says nothing of since when. */
const BACKLOG = `
  SELECT (SELECT count(*) FROM (SELECT FROM $schema.due WHERE at <= $1::bigint ORDER BY at LIMIT $2::integer) AS due)::integer AS due,
    (SELECT at FROM $schema.due WHERE at > 0 AND at <= $1::bigint ORDER BY at LIMIT 1) AS since`;

export async function readBacklog(database: Database, now: number, limit: number): Promise<Backlog> {
  const [row] = await database.query<{ due: number; since: number | null }>(BACKLOG, [Math.floor(now), limit]);
  const since = row?.since ?? undefined;
  return { due: row?.due ?? 0, ...(since === undefined ? {} : { since }) };
}

/** Documents that match a query, in the order of their keys; those of people in the order of their numbers. */
export async function listConversations(
  database: Database,
  { app, parked, handedOver, person, after, limit }: ConversationQuery,
): Promise<readonly ConversationDocument[]> {
  const values: (string | number)[] = [limit, after ?? ''];
  const conditions = [
    ...(app === undefined ? [] : [`app = $${values.push(app)}`]),
    ...(parked === undefined ? [] : ['parked']),
    ...(handedOver === undefined ? [] : ['handed_over']),
    ...(person === undefined ? ['key > $2'] : beginsLike(personOf(toText(person)), after, values)),
  ];
  const rows = await database.query<{ document: string }>(
    `SELECT document FROM $schema.conversations WHERE ${conditions.join(' AND ')}
     ORDER BY ${person === undefined ? 'key' : 'person, key'} LIMIT $1`,
    values,
  );
  return rows.map(({ document }) => JSON.parse(document) as ConversationDocument);
}

/** Comes after all that begins alike. */
const LAST = '\u{10ffff}';

/** Conditions that the index by person answers; `$2` is the key after which to go on. */
function beginsLike(
  prefix: string,
  after: ConversationKey | undefined,
  values: (string | number)[],
): readonly string[] {
  const reached = after === undefined ? '' : personOf(partiesOf(after).theirs);
  const from = `$${values.push(reached > prefix ? reached : prefix)}`;
  const place = `$${values.push(reached)}`;
  return [`person >= ${from}`, `person < $${values.push(prefix + LAST)}`, `(person > ${place} OR key > $2)`];
}
