import { setImmediate as nextPass } from 'node:timers/promises';
import { type ActivityRecord, type Pruned, type PruneRequest, withoutContent } from '@parley/core';
import type { Database } from './database.ts';
import type { GroupCommit } from './group-commit.ts';
import { bodyOf, MESSAGE_COLUMNS, type MessageRow, recordOf } from './messages.ts';
import type { Place, Redacted } from './redacted.ts';
import { overwriting } from './remains.ts';
import type { Totals } from './totals.ts';

interface Parts {
  readonly database: Database;
  readonly commits: GroupCommit;
  readonly totals: Totals;
  readonly redacted: Redacted;
}

/** Rows that one index holds together, in the order of their time. */
interface Strand {
  readonly name: string;
  readonly from: string;
  readonly where: string;
  readonly values: readonly string[];
}

interface Candidate extends Place {
  /** 1 if there is something to do, 0 if there is not, -1 if there may be later. */
  readonly wanted: 1 | 0 | -1;
}

/** How many rows one statement looks through, so that the event loop gets its turn in between. */
const STEP = 1_000;

/** How many rows one piece of a group commit changes. */
const PIECE = 100;

const BEFORE_ALL: Place = { at: Number.MIN_SAFE_INTEGER, seq: 0 };

/**
 * What a row wants of each kind of pruning. Text is what a column or, for half a character, the body has of it;
 * a message that has not left yet is to be looked at again.
 */
const WANTED = {
  'messages delete': `CASE WHEN status = 'pending' THEN -1 ELSE 1 END`,
  'messages redact': `CASE WHEN text = '' AND body -> '$.text' IS NULL AND body -> '$.media[0]' IS NULL
      AND body -> '$.sentText' IS NULL THEN 0
    WHEN status = 'pending' THEN -1 ELSE 1 END`,
  'activity delete': '1',
  'activity redact': `record -> '$.data' IS NOT NULL`,
} as const satisfies Record<`${PruneRequest['what']} ${PruneRequest['mode']}`, string>;

/** Deletes or redacts what is old, a batch at a time: looks for it between commits, and changes it within some. */
export class Pruning {
  readonly #parts: Parts;
  readonly #change: { readonly [Kind in keyof typeof WANTED]: (seq: number, before: number) => number };

  constructor(parts: Parts) {
    const { database } = parts;
    this.#parts = parts;
    // A row may have gone meanwhile and its seq be somebody else's: what is asked for is asked again.
    const deleteMessage = database.prepare(`DELETE FROM messages WHERE seq = ? AND at < ? AND status <> 'pending'`);
    const deleteActivity = database.prepare('DELETE FROM activity WHERE seq = ? AND at < ?');
    this.#change = {
      'messages delete': (seq, before) => deleteMessage.run(seq, before).changes,
      'messages redact': messageRedactor(database),
      'activity delete': (seq, before) => deleteActivity.run(seq, before).changes,
      'activity redact': activityRedactor(database),
    };
  }

  async prune(request: PruneRequest): Promise<Pruned> {
    const strands = this.#strandsOf(request);
    const found: Place[] = [];
    for (const strand of strands) found.push(...(await this.#look(strand, request)));
    found.sort((one, other) => one.at - other.at || one.seq - other.seq);
    const rows = await this.#changeAll(found.slice(0, request.limit), request);
    return { rows, done: found.length <= request.limit };
  }

  async #changeAll(found: readonly Place[], { what, mode, before }: PruneRequest): Promise<number> {
    const { database, commits } = this.#parts;
    const change = this.#change[`${what} ${mode}`];
    const pieces: Promise<number>[] = [];
    for (let start = 0; start < found.length; start += PIECE) {
      const piece = found.slice(start, start + PIECE);
      const work = () => piece.reduce((rows, { seq }) => rows + change(seq, before), 0);
      pieces.push(commits.submit(() => overwriting(database, work)));
    }
    return (await Promise.all(pieces)).reduce((sum, rows) => sum + rows, 0);
  }

  #strandsOf({ what, app }: PruneRequest): readonly Strand[] {
    if (what === 'activity') {
      if (app === undefined)
        return [{ name: '', from: 'activity INDEXED BY activity_by_time', where: '1', values: [] }];
      return [{ name: app, from: 'activity INDEXED BY activity_by_app', where: 'app = ?', values: [app] }];
    }
    const apps = app === undefined ? this.#parts.totals.apps() : [app];
    return apps.map((name) => ({
      name,
      from: 'messages INDEXED BY messages_by_app',
      where: 'app = ?',
      values: [name],
    }));
  }

  /** What is to do in one strand: one more than a batch, to know whether anything is left. */
  async #look(strand: Strand, { what, mode, before, limit }: PruneRequest): Promise<readonly Place[]> {
    const { database, redacted } = this.#parts;
    const step = database.prepare<(string | number)[], Candidate>(
      `SELECT at, seq, ${WANTED[`${what} ${mode}`]} AS wanted FROM ${strand.from}
       WHERE ${strand.where} AND at >= ? AND at < ? AND (at, seq) > (?, ?) ORDER BY at, seq LIMIT ${STEP}`,
    );
    const { generation } = redacted;
    const found: Place[] = [];
    let place = (mode === 'redact' ? redacted.from(what, strand.name) : undefined) ?? BEFORE_ALL;
    let behind = mode === 'redact';
    for (;;) {
      const candidates = step.all(...strand.values, place.at, before, place.at, place.seq);
      found.push(...candidates.filter(({ wanted }) => wanted === 1).slice(0, limit + 1 - found.length));
      const done = behind ? nothingToDo(candidates) : [];
      behind &&= done.length === candidates.length;
      place = candidates.at(-1) ?? place;
      const last = done.at(-1);
      if (last !== undefined) redacted.reached(what, strand.name, last, generation);
      if (candidates.length < STEP || found.length > limit) return found;
      await nextPass();
    }
  }
}

/** The rows at the beginning that need no looking at again. */
function nothingToDo(candidates: readonly Candidate[]): readonly Candidate[] {
  const end = candidates.findIndex(({ wanted }) => wanted !== 0);
  return end === -1 ? candidates : candidates.slice(0, end);
}

function messageRedactor(database: Database): (seq: number, before: number) => number {
  const find = database.prepare<[number, number], MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM messages AS m JOIN conversations AS c ON c.id = m.conversation
     WHERE m.seq = ? AND m.at < ? AND m.status <> 'pending'`,
  );
  const update = database.prepare(`UPDATE messages SET text = '', body = ? WHERE seq = ?`);
  return (seq, before) => {
    const row = find.get(seq, before);
    return row === undefined ? 0 : update.run(bodyOf(withoutContent(recordOf(row))), seq).changes;
  };
}

function activityRedactor(database: Database): (seq: number, before: number) => number {
  const find = database
    .prepare<[number, number], string>('SELECT record FROM activity WHERE seq = ? AND at < ?')
    .pluck();
  const update = database.prepare('UPDATE activity SET record = ? WHERE seq = ?');
  return (seq, before) => {
    const record = find.get(seq, before);
    if (record === undefined) return 0;
    const { data: _, ...rest } = JSON.parse(record) as ActivityRecord;
    return update.run(JSON.stringify(rest), seq).changes;
  };
}
