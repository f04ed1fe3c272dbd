import type { ActivityRecord, ConversationDocument, ConversationKey, MessageId, MessageRecord } from '@parley/core';
import { isParked, personOf } from '@parley/core';
import type { Database } from './database.ts';
import { rowOf } from './messages.ts';
import { toText } from './text.ts';
import type { Change } from './totals.ts';

/** A conversation as a batch leaves it. */
export interface Written {
  readonly document: ConversationDocument;
  readonly json: string;
  /** The stamp that it was read with; `null` if it was not there. */
  readonly was: number | null;
  readonly stamp: number;
}

/** A message that has moved on. */
export interface Moved {
  readonly message: MessageRecord;
  /** The version that it was read with. */
  readonly was: number;
  /** The conversation whose turn moved it; `null` for a status that came alone. */
  readonly key: ConversationKey | null;
}

/** Everything that one batch writes. */
export interface Commit {
  readonly conversations: readonly Written[];
  readonly moves: readonly Moved[];
  readonly once: readonly { readonly key: ConversationKey; readonly id: string }[];
  readonly messages: readonly MessageRecord[];
  readonly activity: readonly ActivityRecord[];
  readonly changes: readonly Change[];
}

/** What of it is on disk. The rest was overtaken by another process and has to be decided anew. */
export interface Committed {
  readonly keys: ReadonlySet<string>;
  readonly messages: ReadonlySet<string>;
}

/** `IS TRUE` keeps the planner from making a join of it, which without statistics compares each row with each. */
const isDone = (key: string): string => `(${key} IN (SELECT key FROM done)) IS TRUE`;

/**
 * One statement, and with it one transaction and one way to the server. A conversation is written, with all that goes with it, if it and
 * the messages that it moves still are what they were when they were read; the others of the batch are not touched by that.
 * `FOR UPDATE` waits for whoever is at a row and then looks at what it has become. Rows are locked in the order of their keys,
 * messages before conversations before totals, so that no two batches wait for each other.
 */
const WRITE = `
  WITH turn AS (
    SELECT * FROM json_to_recordset($1::json) AS t (
      key text, was bigint, stamp bigint, app text, person text, parked boolean, handed_over boolean, due bigint,
      document text)
  ), move AS (
    SELECT * FROM json_to_recordset($2::json) AS t (
      id text, was integer, key text, status text, provider_id text, body text)
  ), held AS (
    SELECT move.* FROM (SELECT * FROM move ORDER BY id) AS move CROSS JOIN LATERAL (
      SELECT FROM $schema.messages AS m WHERE m.id = move.id AND m.version = move.was FOR UPDATE
    ) AS m
  ), stale AS (
    SELECT key FROM move WHERE key IS NOT NULL AND id NOT IN (SELECT id FROM held)
  ), fresh AS (
    SELECT * FROM turn WHERE key NOT IN (SELECT key FROM stale) ORDER BY key
  ), locked AS (
    SELECT fresh.* FROM fresh CROSS JOIN LATERAL (
      SELECT FROM $schema.conversations AS c WHERE c.key = fresh.key AND c.stamp = fresh.was FOR UPDATE
    ) AS c
  ), updated AS (
    UPDATE $schema.conversations AS c
    SET app = locked.app, parked = locked.parked, handed_over = locked.handed_over, stamp = locked.stamp,
      document = locked.document
    FROM locked WHERE c.key = locked.key RETURNING c.key
  ), inserted AS (
    INSERT INTO $schema.conversations (key, app, person, stamp, parked, handed_over, document)
    SELECT key, app, person, stamp, parked, handed_over, document FROM fresh WHERE was IS NULL
    ON CONFLICT (key) DO NOTHING RETURNING key
  ), done AS (
    SELECT key FROM updated UNION ALL SELECT key FROM inserted
  ), waiting AS (
    INSERT INTO $schema.due (key, at)
    SELECT key, due FROM fresh WHERE due IS NOT NULL AND ${isDone('key')}
    ON CONFLICT (key) DO UPDATE SET at = excluded.at WHERE due.at <> excluded.at
  ), dormant AS (
    DELETE FROM $schema.due USING fresh WHERE due.key = fresh.key AND fresh.due IS NULL AND ${isDone('fresh.key')}
  ), once AS (
    INSERT INTO $schema.taken_in (conversation, id, at)
    SELECT key, id, $4::bigint FROM json_to_recordset($3::json) AS t (key text, id text) WHERE ${isDone('key')}
  ), moved AS (
    UPDATE $schema.messages AS m
    SET status = held.status, version = held.was + 1, provider_id = held.provider_id, body = held.body
    FROM held WHERE m.id = held.id AND (held.key IS NULL OR ${isDone('held.key')}) RETURNING m.id
  ), said AS (
    INSERT INTO $schema.messages (id, conversation, app, direction, status, at, version, provider_id, text, body)
    SELECT id, conversation, app, direction, status, at, 0, provider_id, text, body
    FROM ROWS FROM (json_to_recordset($5::json) AS (
      id text, conversation text, app text, direction text, status text, at bigint, provider_id text, text text,
      body text)) WITH ORDINALITY AS t
    WHERE ${isDone('conversation')} ORDER BY ordinality
  ), happened AS (
    INSERT INTO $schema.activity (conversation, app, kind, journey, at, record)
    SELECT conversation, app, kind, journey, at, record
    FROM ROWS FROM (json_to_recordset($6::json) AS (
      conversation text, app text, kind text, journey text, at bigint, record text)) WITH ORDINALITY AS t
    WHERE ${isDone('conversation')} ORDER BY ordinality
  ), counted AS (
    INSERT INTO $schema.totals (app, ours, day, direction, status, slot, count)
    SELECT app, ours, day, direction, status, $8::smallint, sum(by)
    FROM json_to_recordset($7::json) AS t (
      key text, message text, app text, ours text, day integer, direction text, status text, by integer)
    WHERE ${isDone('key')} OR message IN (SELECT id FROM moved)
    GROUP BY app, ours, day, direction, status HAVING sum(by) <> 0
    ORDER BY app, ours, day, direction, status
    ON CONFLICT (app, ours, day, direction, status, slot) DO UPDATE SET count = totals.count + excluded.count
  )
  SELECT key, NULL AS id FROM done UNION ALL SELECT NULL, id FROM moved`;

/** How many rows a sum is kept in. Commits at the same time take different ones, as far as chance has it. */
export const SLOTS = 16;

/**
 * Writes a batch.
 *
 * @param slot in which rows of the totals it is counted, below {@link SLOTS}.
 */
export async function write(database: Database, commit: Commit, now: number, slot: number): Promise<Committed> {
  const rows = await database.query<{ key: string | null; id: MessageId | null }>(WRITE, [
    JSON.stringify(commit.conversations.map(conversationRow)),
    JSON.stringify(commit.moves.map(moveRow)),
    JSON.stringify(commit.once),
    Math.floor(now),
    JSON.stringify(commit.messages.map(rowOf)),
    JSON.stringify(commit.activity.map(activityRow)),
    JSON.stringify(commit.changes),
    slot,
  ]);
  return {
    keys: new Set(rows.flatMap(({ key }) => (key === null ? [] : [key]))),
    messages: new Set(rows.flatMap(({ id }) => (id === null ? [] : [id]))),
  };
}

function conversationRow({ document, json, was, stamp }: Written) {
  return { ...conversationColumns(document), was, stamp, document: json };
}

/** What is known of a conversation by a column of its own. */
export function conversationColumns(document: ConversationDocument) {
  const { key, app, theirs, handoff, dueAt } = document;
  return {
    key,
    app,
    person: personOf(theirs),
    parked: isParked(document),
    handed_over: handoff !== undefined,
    due: dueAt === undefined ? null : Math.ceil(dueAt),
  };
}

function moveRow({ message, was, key }: Moved) {
  const { id, status, provider_id, body } = rowOf(message);
  return { id, was, key, status, provider_id, body };
}

export function activityRow(record: ActivityRecord) {
  const { conversation, app, kind, journey, at } = record;
  return {
    conversation,
    app,
    kind,
    journey: journey === undefined ? null : toText(journey),
    at: Math.floor(at),
    record: JSON.stringify(record),
  };
}
