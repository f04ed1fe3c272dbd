import type { ConversationDocument, ConversationKey, ConversationQuery } from '@parley/core';
import type { Database } from './database.ts';

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

export async function listConversations(
  database: Database,
  { app, parked, after, limit }: ConversationQuery,
): Promise<readonly ConversationDocument[]> {
  const conditions = [
    'key > $1',
    ...(app === undefined ? [] : ['app = $3']),
    ...(parked === undefined ? [] : ['parked']),
  ];
  const rows = await database.query<{ document: string }>(
    `SELECT document FROM $schema.conversations WHERE ${conditions.join(' AND ')} ORDER BY key LIMIT $2`,
    [after ?? '', limit, ...(app === undefined ? [] : [app])],
  );
  return rows.map(({ document }) => JSON.parse(document) as ConversationDocument);
}
