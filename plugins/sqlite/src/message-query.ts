import { setImmediate as nextPass } from 'node:timers/promises';
import { type MessagePage, type MessageQuery, ParleyError } from '@parley/core';
import type { Database } from './database.ts';
import { MESSAGE_COLUMNS, type MessageRow, recordOf } from './messages.ts';
import { PERSON, personOf } from './schema.ts';
import type { Totals } from './totals.ts';

type Value = string | number;

/** A place in the order of messages: newest first, and of one moment the one that was stored last first. */
interface Position {
  readonly at: number;
  readonly seq: number;
}

/** Messages that one index holds together, in order: those of an app, a conversation, a status. */
interface Strand {
  readonly index: string;
  readonly where: string;
  readonly values: readonly Value[];
}

interface Condition {
  readonly sql: string;
  readonly value: Value;
}

/** How many messages one statement looks through; a rare word among millions must not hold the event loop. */
const STEP = 1_000;

const UNFINISHED: readonly string[] = ['pending', 'sent', 'failed'];

const START: Position = { at: Number.MAX_SAFE_INTEGER, seq: Number.MAX_SAFE_INTEGER };

/**
 * Answers a query: picks the index that narrows it most, walks it in steps from the newest, and lets the event loop
 * have a turn between two steps.
 */
export async function listMessages(database: Database, totals: Totals, query: MessageQuery): Promise<MessagePage> {
  const from = query.cursor === undefined ? START : parseCursor(query.cursor);
  const conditions = conditionsOf(query);
  const found: MessageRow[] = [];
  for (const strand of strandsOf(database, totals, query)) {
    found.push(...(await walk(database, strand, conditions, query, from)));
  }
  found.sort((one, other) => other.at - one.at || other.seq - one.seq);
  const rows = found.slice(0, query.limit);
  const last = rows.at(-1);
  const more = found.length > query.limit && last !== undefined;
  return { messages: rows.map(recordOf), ...(more ? { next: formatCursor(last) } : {}) };
}

function strandsOf(database: Database, totals: Totals, query: MessageQuery): readonly Strand[] {
  const { app, conversation, theirs, direction, status } = query;
  if (conversation !== undefined || theirs !== undefined) {
    const [column, value] = conversation === undefined ? [PERSON, personOf(theirs ?? '')] : ['key', conversation];
    return database
      .prepare<[string], number>(`SELECT id FROM conversations WHERE ${column} = ?`)
      .pluck()
      .all(value)
      .map((id) => ({ index: 'messages_by_conversation', where: 'm.conversation = ?', values: [id] }));
  }
  if (status !== undefined && UNFINISHED.includes(status)) {
    // SQLite takes a partial index only for a query that repeats the index's own condition.
    const where = `m.status = ? AND m.status IN ('pending', 'sent', 'failed')`;
    return [{ index: 'messages_unfinished', where, values: [status] }];
  }
  // Apps that never had what is asked for are not walked: each would be, from its newest message to its oldest.
  const apps = direction === undefined && status === undefined ? appsOf(totals, app) : totals.appsWith(query);
  return apps.map((name) => ({ index: 'messages_by_app', where: 'm.app = ?', values: [name] }));
}

function appsOf(totals: Totals, app: string | undefined): readonly string[] {
  return app === undefined ? totals.apps() : [app];
}

/** Everything but the time, which is part of every index. */
function conditionsOf({ app, conversation, theirs, direction, status, text }: MessageQuery): readonly Condition[] {
  const conditions: (Condition | undefined)[] = [
    is('m.app = ?', app),
    is('c.key = ?', conversation),
    is('c.theirs = ?', theirs),
    is('m.direction = ?', direction),
    is('m.status = ?', status),
    // Not LIKE: it stops at a NUL and knows wildcards. Both sides are lowered by SQLite, so that they agree.
    is('instr(lower(m.text), lower(?)) > 0', text),
  ];
  return conditions.filter((condition) => condition !== undefined);
}

function is(sql: string, value: Value | undefined): Condition | undefined {
  return value === undefined ? undefined : { sql, value };
}

/** The matches of one strand after `from`: one more than a page, to know whether there is a next. */
async function walk(
  database: Database,
  strand: Strand,
  conditions: readonly Condition[],
  query: MessageQuery,
  from: Position,
): Promise<readonly MessageRow[]> {
  const since = query.since ?? Number.MIN_SAFE_INTEGER;
  const range = `${strand.where} AND m.at >= ? AND m.at < ? AND (m.at, m.seq) < (?, ?)`;
  const order = 'ORDER BY m.at DESC, m.seq DESC';
  const stepEnd = database.prepare<Value[], Position>(
    `SELECT m.at, m.seq FROM messages AS m INDEXED BY ${strand.index} WHERE ${range} ${order} LIMIT 1 OFFSET ${STEP}`,
  );
  const matches = database.prepare<Value[], MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM messages AS m INDEXED BY ${strand.index}
     CROSS JOIN conversations AS c ON c.id = m.conversation
     WHERE ${[`${range} AND (m.at, m.seq) >= (?, ?)`, ...conditions.map(({ sql }) => sql)].join(' AND ')}
     ${order} LIMIT ?`,
  );
  const values = conditions.map(({ value }) => value);
  const found: MessageRow[] = [];
  let position = from;
  for (;;) {
    const until = Math.min(query.until ?? Number.MAX_SAFE_INTEGER, position.at + 1);
    // SQLite seeks by the plain bounds on the time; the row values only sort out what shares a moment with a bound.
    const boundsFrom = (at: number) => [...strand.values, at, until, position.at, position.seq];
    const end = stepEnd.get(...boundsFrom(since));
    const { at, seq } = end ?? { at: since, seq: 0 };
    found.push(...matches.all(...boundsFrom(at), at, seq, ...values, query.limit + 1 - found.length));
    if (end === undefined || found.length > query.limit) return found;
    position = end;
    await nextPass();
  }
}

function formatCursor({ at, seq }: Position): string {
  return `${at}.${seq}`;
}

function parseCursor(cursor: string): Position {
  const [, at, seq] = /^(-?\d+)\.(\d+)$/.exec(cursor) ?? [];
  if (at === undefined || seq === undefined) throw new ParleyError('error.platform.storage.unknown-cursor');
  return { at: Number(at), seq: Number(seq) };
}
