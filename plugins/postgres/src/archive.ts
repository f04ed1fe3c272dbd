import {
  type Archive,
  type ArchivePage,
  type ArchivePart,
  type ArchiveRows,
  type Clock,
  ParleyError,
} from '@parley/core';
import { activityRow, conversationColumns } from './commit.ts';
import type { Database } from './database.ts';
import { REMEMBERED } from './housekeeping.ts';
import { MESSAGE_COLUMNS, type MessageRow, recordOf, rowOf } from './messages.ts';
import { fromText, toText } from './text.ts';
import { appsWithMessages, DAY } from './totals.ts';

/** What names a row's place within its part, in the order of the part. */
type Place = readonly (string | number)[];

interface Part<Row> {
  /** One more than a page, from the place after which to go on. */
  readonly read: (
    database: Database,
    after: Place | undefined,
    limit: number,
    now: number,
  ) => Promise<readonly Placed<Row>[]>;
  readonly write: (database: Database, rows: readonly Row[]) => Promise<unknown>;
}

interface Placed<Row> {
  readonly row: Row;
  readonly place: Place;
}

/** Everything as plain rows. Nothing may be written meanwhile: no page knows of the others. */
export function archiveOf(database: Database, clock: Clock): Archive {
  return {
    async read<Name extends ArchivePart>(
      name: Name,
      { after, limit }: { readonly after?: string; readonly limit: number },
    ): Promise<ArchivePage<ArchiveRows[Name]>> {
      const part: Part<ArchiveRows[Name]> = PARTS[name];
      const from = after === undefined ? undefined : parsePlace(after);
      const found = await part.read(database, from, limit + 1, Math.floor(clock.now()));
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const more = found.length > limit && last !== undefined;
      return { rows: page.map(({ row }) => row), ...(more ? { next: JSON.stringify(last.place) } : {}) };
    },
    async write<Name extends ArchivePart>(name: Name, rows: readonly ArchiveRows[Name][]): Promise<void> {
      const part: Part<ArchiveRows[Name]> = PARTS[name];
      if (rows.length > 0) await part.write(database, rows);
    },
  };
}

/** @throws `error.platform.storage.unknown-cursor` */
function parsePlace(cursor: string): Place {
  try {
    const place: unknown = JSON.parse(cursor);
    if (Array.isArray(place)) return place as Place;
  } catch {
    // Told below.
  }
  throw new ParleyError('error.platform.storage.unknown-cursor');
}

const PARTS: { readonly [Name in ArchivePart]: Part<ArchiveRows[Name]> } = {
  conversations: {
    async read(database, [key = ''] = [], limit) {
      const rows = await database.query<{ key: string; document: string }>(
        'SELECT key, document FROM $schema.conversations WHERE key > $1 ORDER BY key LIMIT $2',
        [key, limit],
      );
      return rows.map((row) => ({ row: JSON.parse(row.document), place: [row.key] }));
    },
    async write(database, documents) {
      const rows = documents.map((document) => ({
        ...conversationColumns(document),
        document: JSON.stringify(document),
      }));
      await database.query(
        `WITH rows AS (
           SELECT * FROM json_to_recordset($1::json) AS t (
             key text, app text, person text, parked boolean, handed_over boolean, due bigint, document text)
         ), waiting AS (
           INSERT INTO $schema.due (key, at) SELECT key, due FROM rows WHERE due IS NOT NULL
         )
         INSERT INTO $schema.conversations (key, app, person, stamp, parked, handed_over, document)
         SELECT key, app, person, 0, parked, handed_over, document FROM rows`,
        [JSON.stringify(rows)],
      );
    },
  },

  turns: {
    async read(database, after, limit, now) {
      const [at = now - REMEMBERED, conversation = '\uffff', id = ''] = after ?? [];
      const rows = await database.query<{ at: number; conversation: string; id: string }>(
        `SELECT at, conversation, id FROM $schema.taken_in
         WHERE at >= $1 AND (at, conversation, id) > ($1, $2, $3) ORDER BY at, conversation, id LIMIT $4`,
        [at, conversation, id, limit],
      );
      return rows.map((row) => ({
        row: { conversation: row.conversation as never, id: fromText(row.id), at: row.at },
        place: [row.at, row.conversation, row.id],
      }));
    },
    write: (database, turns) =>
      database.query(
        `INSERT INTO $schema.taken_in (conversation, id, at)
         SELECT conversation, id, at FROM json_to_recordset($1::json) AS t (conversation text, id text, at bigint)`,
        [
          JSON.stringify(
            turns.map(({ conversation, id, at }) => ({ conversation, id: toText(id), at: Math.floor(at) })),
          ),
        ],
      ),
  },

  messages: {
    async read(database, [at = Number.MIN_SAFE_INTEGER, seq = 0] = [], limit) {
      const rows = await database.query<MessageRow & { seq: number }>(
        `SELECT m.* FROM unnest($1::text[]) AS strand (app) CROSS JOIN LATERAL (
           SELECT m.seq, ${MESSAGE_COLUMNS} FROM $schema.messages AS m
           WHERE m.app = strand.app AND (m.at, m.seq) > ($2::bigint, $3::bigint) ORDER BY m.at, m.seq LIMIT $4::integer
         ) AS m ORDER BY m.at, m.seq LIMIT $4::integer`,
        [await appsWithMessages(database), at, seq, limit],
      );
      return rows.map((row) => ({ row: recordOf(row), place: [row.at, row.seq] }));
    },
    write: (database, messages) =>
      database.query(
        `INSERT INTO $schema.messages (id, conversation, app, direction, status, at, version, provider_id, text, body)
         SELECT id, conversation, app, direction, status, at, 0, provider_id, text, body
         FROM ROWS FROM (json_to_recordset($1::json) AS (
           id text, conversation text, app text, direction text, status text, at bigint, provider_id text, text text,
           body text)) WITH ORDINALITY AS t ORDER BY ordinality`,
        [JSON.stringify(messages.map(rowOf))],
      ),
  },

  activity: {
    async read(database, [at = Number.MIN_SAFE_INTEGER, seq = 0] = [], limit) {
      const rows = await database.query<{ at: number; seq: number; record: string }>(
        `SELECT at, seq, record FROM $schema.activity WHERE (at, seq) > ($1::bigint, $2::bigint)
         ORDER BY at, seq LIMIT $3`,
        [at, seq, limit],
      );
      return rows.map((row) => ({ row: JSON.parse(row.record), place: [row.at, row.seq] }));
    },
    write: (database, activity) =>
      database.query(
        `INSERT INTO $schema.activity (conversation, app, kind, journey, at, record)
         SELECT conversation, app, kind, journey, at, record
         FROM ROWS FROM (json_to_recordset($1::json) AS (
           conversation text, app text, kind text, journey text, at bigint, record text)) WITH ORDINALITY AS t ORDER BY ordinality`,
        [JSON.stringify(activity.map(activityRow))],
      ),
  },

  totals: {
    async read(database, [app = '', ours = '', day = 0, direction = '', status = ''] = [], limit) {
      const group = 'app, ours, day, direction, status';
      const rows = await database.query<ArchiveRows['totals']>(
        `SELECT ${group}, sum(count)::bigint AS count FROM $schema.totals
         WHERE (${group}) > ($1, $2, $3::integer, $4, $5) GROUP BY ${group} HAVING sum(count) > 0 ORDER BY ${group} LIMIT $6`,
        [app, ours, day, direction, status, limit],
      );
      return rows.map((row) => ({
        row: { ...row, day: row.day * DAY },
        place: [row.app, row.ours, row.day, row.direction, row.status],
      }));
    },
    write: (database, totals) =>
      database.query(
        `INSERT INTO $schema.totals (app, ours, day, direction, status, slot, count)
         SELECT app, ours, day, direction, status, 0, count FROM json_to_recordset($1::json) AS t (
           app text, ours text, day integer, direction text, status text, count bigint)
         ON CONFLICT (app, ours, day, direction, status, slot) DO UPDATE SET count = totals.count + excluded.count`,
        [JSON.stringify(totals.map((total) => ({ ...total, day: Math.floor(total.day / DAY) })))],
      ),
  },

  data: {
    async read(database, [namespace = '', key = ''] = [], limit, now) {
      const rows = await database.query<ArchiveRows['data'] & { readonly expires_at: number | null }>(
        `SELECT namespace, key, value, expires_at FROM $schema.plugin_data
         WHERE (namespace, key) > ($1, $2) AND (expires_at IS NULL OR expires_at > $3) ORDER BY namespace, key LIMIT $4`,
        [namespace, key, now, limit],
      );
      return rows.map((row) => ({
        row: {
          namespace: fromText(row.namespace),
          key: fromText(row.key),
          value: fromText(row.value),
          expiresAt: row.expires_at,
        },
        place: [row.namespace, row.key],
      }));
    },
    write: (database, data) =>
      database.query(
        `INSERT INTO $schema.plugin_data (namespace, key, value, expires_at)
         SELECT * FROM json_to_recordset($1::json) AS t (namespace text, key text, value text, expires_at bigint)`,
        [
          JSON.stringify(
            data.map(({ namespace, key, value, expiresAt }) => ({
              namespace: toText(namespace),
              key: toText(key),
              value: toText(value),
              expires_at: expiresAt,
            })),
          ),
        ],
      ),
  },

  claims: {
    async read(database, [key = ''] = [], limit, now) {
      const rows = await database.query<{ key: string; owner: string; expires_at: number }>(
        'SELECT key, owner, expires_at FROM $schema.claims WHERE key > $1 AND expires_at > $2 ORDER BY key LIMIT $3',
        [key, now, limit],
      );
      return rows.map((row) => ({
        row: { key: fromText(row.key), owner: fromText(row.owner), expiresAt: row.expires_at },
        place: [row.key],
      }));
    },
    write: (database, claims) =>
      database.query(
        `INSERT INTO $schema.claims (key, owner, expires_at)
         SELECT * FROM json_to_recordset($1::json) AS t (key text, owner text, expires_at bigint)`,
        [
          JSON.stringify(
            claims.map(({ key, owner, expiresAt }) => ({
              key: toText(key),
              owner: toText(owner),
              expires_at: expiresAt,
            })),
          ),
        ],
      ),
  },
};
