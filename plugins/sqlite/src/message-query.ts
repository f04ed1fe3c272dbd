import type { MessagePage, MessageQuery } from '@parley/core';
import { personOf } from '@parley/core';
import type { Database } from './database.ts';
import { MESSAGE_COLUMNS, type MessageRow, recordOf } from './messages.ts';
import { PERSON } from './schema.ts';
import type { Totals } from './totals.ts';
import { type Condition, is, type Strand, walkNewest } from './walk.ts';

const UNFINISHED: readonly string[] = ['pending', 'sent', 'failed'];

/** Answers a query: picks the index that narrows it most, and walks it from the newest on. */
export async function listMessages(database: Database, totals: Totals, query: MessageQuery): Promise<MessagePage> {
  const { rows, ...next } = await walkNewest<MessageRow>(database, {
    ...query,
    table: 'messages',
    columns: MESSAGE_COLUMNS,
    join: 'CROSS JOIN conversations AS c ON c.id = m.conversation',
    strands: strandsOf(database, totals, query),
    conditions: conditionsOf(query),
  });
  return { messages: rows.map(recordOf), ...next };
}

/** Those that failed. SQLite takes a partial index only for a query that repeats the index's own condition. */
export function unfinished(status: string): Strand {
  const where = `m.status = ? AND m.status IN ('pending', 'sent', 'failed')`;
  return { index: 'messages_unfinished', where, values: [status] };
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
  if (status !== undefined && UNFINISHED.includes(status)) return [unfinished(status)];
  // Apps that never had what is asked for are not walked: each would be, from its newest message to its oldest.
  const apps = direction === undefined && status === undefined ? appsOf(totals, app) : totals.appsWith(query);
  return apps.map((name) => ({ index: 'messages_by_app', where: 'm.app = ?', values: [name] }));
}

function appsOf(totals: Totals, app: string | undefined): readonly string[] {
  return app === undefined ? totals.apps() : [app];
}

function conditionsOf(query: MessageQuery): readonly Condition[] {
  const { app, conversation, theirs, direction, status, text, bot, notification } = query;
  return [
    ...is('m.app = ?', app),
    ...is('c.key = ?', conversation),
    ...is('c.theirs = ?', theirs),
    ...is('m.direction = ?', direction),
    ...is('m.status = ?', status),
    // Not LIKE: it stops at a NUL and knows wildcards. Both sides are lowered by SQLite, so that they agree.
    ...is('instr(lower(m.text), lower(?)) > 0', text),
    ...originIs('bot', 'bot', bot),
    ...originIs('notification', 'name', notification),
  ];
}

/** Bodies in which the name is nowhere need not be parsed. */
function originIs(kind: 'bot' | 'notification', field: 'bot' | 'name', name: string | undefined): readonly Condition[] {
  if (name === undefined) return [];
  const sql = `instr(m.body, ?) > 0 AND m.body ->> '$.origin.kind' = ? AND m.body ->> '$.origin.${field}' = ?`;
  return is(sql, `${JSON.stringify(field)}:${JSON.stringify(name)}`, kind, name);
}
