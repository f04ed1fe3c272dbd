import {
  type ActivityRecord,
  type ArchivePart,
  type ArchiveRows,
  type ConversationDocument,
  type ConversationKey,
  type MessageTotal,
  ParleyError,
} from '@parley/core';
import type { Database } from './database.ts';
import { MESSAGE_COLUMNS, type MessageRow, recordOf } from './messages.ts';
import { REMEMBERED } from './taken-in.ts';
import { DAY } from './totals.ts';

type Value = string | number;

/** Reads one part after a place: rows as they are stored, and the place of each. */
interface PartReader<Part extends ArchivePart> {
  /** A place before all rows: numbers where rows have one, names where they are sorted by those. */
  readonly start: readonly Value[];
  read(after: readonly Value[], now: number, limit: number): readonly PlacedRow<Part>[];
}

interface PlacedRow<Part extends ArchivePart> {
  readonly row: ArchiveRows[Part];
  readonly place: readonly Value[];
}

export type ArchiveReaders = { readonly [Part in ArchivePart]: PartReader<Part> };

/** How each part is read: rows that were stored one after another in that order, the others by their key. */
export function archiveReaders(database: Database): ArchiveReaders {
  return {
    conversations: conversations(database),
    turns: turns(database),
    messages: messages(database),
    activity: activity(database),
    totals: totals(database),
    data: data(database),
    claims: claims(database),
  };
}

function conversations(database: Database): PartReader<'conversations'> {
  const select = database
    .prepare<Value[], string>('SELECT document FROM conversations WHERE key > ? ORDER BY key LIMIT ?')
    .pluck();
  return {
    start: [''],
    read: (after, _now, limit) =>
      select.all(...after, limit).map((document) => {
        const row = JSON.parse(document) as ConversationDocument;
        return { row, place: [row.key] };
      }),
  };
}

function turns(database: Database): PartReader<'turns'> {
  const select = database.prepare<Value[], { seq: number; key: ConversationKey; id: string; at: number }>(
    `SELECT t.seq, c.key, t.id, t.at FROM taken_in AS t CROSS JOIN conversations AS c ON c.id = t.conversation
     WHERE t.seq > ? AND t.at >= ? ORDER BY t.seq LIMIT ?`,
  );
  return {
    start: [0],
    read: (after, now, limit) =>
      select
        .all(...after, now - REMEMBERED, limit)
        .map(({ seq, key, id, at }) => ({ row: { conversation: key, id, at }, place: [seq] })),
  };
}

function messages(database: Database): PartReader<'messages'> {
  const select = database.prepare<Value[], MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM messages AS m CROSS JOIN conversations AS c ON c.id = m.conversation
     WHERE m.seq > ? ORDER BY m.seq LIMIT ?`,
  );
  return {
    start: [0],
    read: (after, _now, limit) => select.all(...after, limit).map((row) => ({ row: recordOf(row), place: [row.seq] })),
  };
}

function activity(database: Database): PartReader<'activity'> {
  const select = database.prepare<Value[], { seq: number; record: string }>(
    'SELECT seq, record FROM activity WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  return {
    start: [0],
    read: (after, _now, limit) =>
      select
        .all(...after, limit)
        .map(({ seq, record }) => ({ row: JSON.parse(record) as ActivityRecord, place: [seq] })),
  };
}

function totals(database: Database): PartReader<'totals'> {
  const select = database.prepare<Value[], Required<MessageTotal>>(
    `SELECT app, ours, day, direction, status, count FROM totals
     WHERE (app, ours, day, direction, status) > (?, ?, ?, ?, ?) AND count > 0
     ORDER BY app, ours, day, direction, status LIMIT ?`,
  );
  return {
    start: ['', '', Number.MIN_SAFE_INTEGER, '', ''],
    read: (after, _now, limit) =>
      select.all(...after, limit).map((row) => ({
        row: { ...row, day: row.day * DAY },
        place: [row.app, row.ours, row.day, row.direction, row.status],
      })),
  };
}

function data(database: Database): PartReader<'data'> {
  const select = database.prepare<Value[], ArchiveRows['data']>(
    `SELECT namespace, key, value, expires_at AS expiresAt FROM plugin_data
     WHERE (namespace, key) > (?, ?) AND (expires_at IS NULL OR expires_at > ?) ORDER BY namespace, key LIMIT ?`,
  );
  return {
    start: ['', ''],
    read: (after, now, limit) =>
      select.all(...after, now, limit).map((row) => ({ row, place: [row.namespace, row.key] })),
  };
}

function claims(database: Database): PartReader<'claims'> {
  const select = database.prepare<Value[], ArchiveRows['claims']>(
    'SELECT key, owner, expires_at AS expiresAt FROM claims WHERE key > ? AND expires_at > ? ORDER BY key LIMIT ?',
  );
  return {
    start: [''],
    read: (after, now, limit) => select.all(...after, now, limit).map((row) => ({ row, place: [row.key] })),
  };
}

export function formatPlace(place: readonly Value[]): string {
  return JSON.stringify(place);
}

/** Takes a cursor back that {@link formatPlace} has made for a part. */
export function parsePlace(cursor: string, { start }: { readonly start: readonly Value[] }): readonly Value[] {
  try {
    const place = JSON.parse(cursor) as readonly Value[];
    if (place.length === start.length && place.every((value, index) => typeof value === typeof start[index]))
      return place;
  } catch {
    // Not JSON: not ours.
  }
  throw new ParleyError('error.platform.storage.unknown-cursor');
}
