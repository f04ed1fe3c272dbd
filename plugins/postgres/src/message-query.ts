import type { MessagePage, MessageQuery } from '@parley/core';
import { personOf } from '@parley/core';
import type { Database } from './database.ts';
import { MESSAGE_COLUMNS, type MessageRow, recordOf } from './messages.ts';
import { containing, jsonOf, patternOf, searchable } from './text.ts';
import { appsWithMessages } from './totals.ts';
import { type Condition, is, type Position, type Strands, walkNewest } from './walk.ts';

const UNFINISHED: readonly string[] = ['pending', 'sent', 'failed'];

/** The condition of the index of those that are unfinished. */
export const IS_UNFINISHED = `m.status IN ('pending', 'sent', 'failed')`;

/** Answers a query: picks the index that narrows it most, and walks it from the newest on. */
export async function listMessages(database: Database, query: MessageQuery): Promise<MessagePage> {
  const strands = await strandsOf(database, query);
  const { rows, ...next } = await walkNewest<MessageRow & Position>(database, {
    ...query,
    table: 'messages',
    columns: `m.seq, ${MESSAGE_COLUMNS}`,
    strands,
    conditions: conditionsOf(query, strands),
  });
  return { messages: rows.map(recordOf), ...next };
}

async function strandsOf(database: Database, { app, conversation, theirs, status }: MessageQuery): Promise<Strands> {
  const of = (column: string, values: readonly string[], where?: string): Strands => ({
    columns: [column],
    values: values.map((value) => [value]),
    ...(where === undefined ? {} : { where }),
  });
  if (conversation !== undefined) return of('conversation', [conversation]);
  if (theirs !== undefined) {
    const rows = await database.query<{ key: string }>(
      `SELECT key FROM $schema.conversations WHERE person = $1 AND split_part(key, '/', 2) = $2`,
      [personOf(theirs), theirs],
    );
    return of(
      'conversation',
      rows.map(({ key }) => key),
    );
  }
  if (status !== undefined && UNFINISHED.includes(status)) return of('status', [status], IS_UNFINISHED);
  return of('app', app === undefined ? await appsWithMessages(database) : [app]);
}

/** What the index of the strands does not answer by itself. */
function conditionsOf(query: MessageQuery, { columns: [column] }: Strands): readonly Condition[] {
  const { app, conversation, theirs, direction, status, text, bot, notification } = query;
  return [
    ...is('m.app = ?', column === 'app' ? undefined : app),
    ...is(`split_part(m.conversation, '/', 2) = ?`, conversation === undefined ? undefined : theirs),
    ...is('m.direction = ?', direction),
    ...is('m.status = ?', column === 'status' ? undefined : status),
    ...is('m.text ILIKE ?', text === undefined ? undefined : patternOf(text)),
    ...originIs('bot', 'bot', bot),
    ...originIs('notification', 'name', notification),
  ];
}

/** Bodies in which the name is nowhere need not be parsed. */
function originIs(kind: 'bot' | 'notification', field: 'bot' | 'name', name: string | undefined): readonly Condition[] {
  if (name === undefined) return [];
  const body = jsonOf('m.body');
  const isWanted = `${body} #>> '{origin,${field}}' = ? AND ${body} #>> '{origin,kind}' = '${kind}'`;
  const values = [containing(`${JSON.stringify(field)}:${JSON.stringify(name)}`), searchable(name)];
  return [{ sql: `CASE WHEN m.body LIKE ? THEN ${isWanted} ELSE false END`, values }];
}
