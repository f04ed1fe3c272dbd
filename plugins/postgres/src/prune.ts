import { type ActivityRecord, type Clock, type Pruned, type PruneRequest, withoutContent } from '@parley/core';
import type { Database } from './database.ts';
import { MESSAGE_COLUMNS, type MessageRow, recordOf, rowOf } from './messages.ts';
import { appsWithMessages } from './totals.ts';
import type { Position } from './walk.ts';

/** How many rows one statement looks through. */
const STEP = 2_000;

/** After how long rows that were redacted are looked through again: another process may have stored older ones. */
const AGAIN = 24 * 60 * 60 * 1_000;

const BEFORE_ALL: Position = { at: Number.MIN_SAFE_INTEGER, seq: 0 };

/** An empty text has an empty column; in JSON, a key stands in quotes that nothing has escaped. */
const MESSAGE_HAS_CONTENT = `(m.text <> '' OR m.body NOT LIKE '%"media":[]%' OR m.body LIKE '%"sentText":%')`;

interface Kind {
  /** What there may be something to do about, now or later. */
  readonly open: string;
  /** What there is something to do about now. */
  readonly wanted: string;
  readonly apply: (database: Database, rows: readonly Found[], before: number) => Promise<number>;
}

interface Found extends MessageRow, Position {
  readonly version: number;
  readonly record: string;
}

/** `m` is a message or an activity. A message that has not left yet stays as it is, and is looked at again. */
const KINDS: { readonly [Name in `${PruneRequest['what']} ${PruneRequest['mode']}`]: Kind } = {
  'messages delete': { open: 'true', wanted: `m.status <> 'pending'`, apply: deleteMessages },
  'messages redact': {
    open: MESSAGE_HAS_CONTENT,
    wanted: `m.status <> 'pending' AND ${MESSAGE_HAS_CONTENT}`,
    apply: redactMessages,
  },
  'activity delete': { open: 'true', wanted: 'true', apply: deleteActivity },
  'activity redact': { open: `m.record LIKE '%"data":%'`, wanted: `m.record LIKE '%"data":%'`, apply: redactActivity },
};

/** Deletes or redacts what is old, a batch at a time and oldest first. */
export class Pruning {
  readonly #database: Database;
  readonly #clock: Clock;
  /** Up to where everything is redacted, so that it is not looked through with every batch; and until when that holds. */
  readonly #redacted = new Map<string, { readonly position: Position; readonly until: number }>();

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async prune(request: PruneRequest): Promise<Pruned> {
    const { what, mode, app = '', limit, before } = request;
    const kind = KINDS[`${what} ${mode}`];
    const name = `${what} ${app}`;
    const found: Found[] = [];
    let nothingYet = mode === 'redact';
    let from: Position | undefined = nothingYet ? this.#redactedUpTo(name) : BEFORE_ALL;
    while (from !== undefined && found.length <= limit) {
      const { rows, open, end }: Step = await this.#look(kind, request, from);
      found.push(...rows);
      nothingYet &&= open === 0;
      if (nothingYet && end !== undefined) this.#reached(name, end);
      from = end;
    }
    const rows = found.length === 0 ? 0 : await kind.apply(this.#database, found.slice(0, limit), before);
    return { rows, done: found.length <= limit };
  }

  /** A row was stored in this process. One that is older than what was redacted is looked for from the beginning. */
  appended(what: PruneRequest['what'], at: number): void {
    for (const [name, { position }] of this.#redacted) {
      if (name.startsWith(what) && at <= position.at) this.#redacted.delete(name);
    }
  }

  #redactedUpTo(name: string): Position {
    const known = this.#redacted.get(name);
    return known !== undefined && known.until > this.#clock.now() ? known.position : BEFORE_ALL;
  }

  #reached(name: string, position: Position): void {
    const until = this.#redacted.get(name)?.until ?? this.#clock.now() + AGAIN;
    this.#redacted.set(name, { position, until });
  }

  async #look(kind: Kind, request: PruneRequest, from: Position): Promise<Step> {
    const { what, app, before, limit } = request;
    const isMessages = what === 'messages';
    const apps = app === undefined && isMessages ? await appsWithMessages(this.#database) : [app ?? ''];
    const ofApp = isMessages ? 'm.app = strand.name' : app === undefined ? 'true' : 'm.app = strand.name';
    const rows = await this.#database.queryOnce<StepRow>(
      `WITH step AS MATERIALIZED (
         SELECT m.* FROM unnest($1::text[]) AS strand (name) CROSS JOIN LATERAL (
           SELECT * FROM $schema.${what} AS m
           WHERE ${ofApp} AND (m.at, m.seq) > ($2::bigint, $3::bigint) AND m.at < $4::bigint
           ORDER BY m.at, m.seq LIMIT ${STEP}
         ) AS m ORDER BY m.at, m.seq LIMIT ${STEP}
       )
       SELECT looked.looked, looked.open, last.end_at, last.end_seq, m.*
       FROM (SELECT count(*)::integer AS looked, (count(*) FILTER (WHERE ${kind.open}))::integer AS open FROM step AS m) AS looked
       LEFT JOIN (SELECT at AS end_at, seq AS end_seq FROM step ORDER BY at DESC, seq DESC LIMIT 1) AS last ON true
       LEFT JOIN (
         SELECT ${isMessages ? `m.seq, m.version, ${MESSAGE_COLUMNS}` : 'm.at, m.seq, m.record'} FROM step AS m
         WHERE ${kind.wanted} ORDER BY m.at, m.seq LIMIT $5::integer
       ) AS m ON true ORDER BY m.at, m.seq`,
      [apps, from.at, from.seq, Math.ceil(before), limit + 1],
    );
    const [first] = rows;
    const isMore = first?.looked === STEP && first.end_at !== null && first.end_seq !== null;
    return {
      rows: rows.filter((row): row is StepRow & Found => row.seq !== null),
      open: first?.open ?? 0,
      end: isMore ? { at: first.end_at, seq: first.end_seq } : undefined,
    };
  }
}

interface Step {
  readonly rows: readonly Found[];
  readonly open: number;
  readonly end: Position | undefined;
}

interface StepRow extends Partial<Found> {
  readonly looked: number;
  readonly open: number;
  readonly end_at: number | null;
  readonly end_seq: number | null;
}

/** Each asks again for what was asked for: a row may have moved or gone meanwhile. */
async function deleteMessages(database: Database, rows: readonly Found[]): Promise<number> {
  const ids = rows.map(({ id }) => id);
  const deleted = await database.query(
    `DELETE FROM $schema.messages WHERE id IN (
       SELECT id FROM $schema.messages WHERE id = ANY ($1::text[]) AND status <> 'pending' ORDER BY id FOR UPDATE
     ) RETURNING 1 AS one`,
    [ids],
  );
  return deleted.length;
}

async function redactMessages(database: Database, rows: readonly Found[]): Promise<number> {
  const redacted = rows.map((row) => {
    const { id, text, body } = rowOf(withoutContent(recordOf(row)));
    return { id, was: row.version, text, body };
  });
  const changed = await database.query(
    `UPDATE $schema.messages AS m SET text = t.text, body = t.body, version = t.was + 1
     FROM json_to_recordset($1::json) AS t (id text, was integer, text text, body text)
     WHERE m.id = t.id AND m.version = t.was RETURNING 1 AS one`,
    [JSON.stringify(redacted)],
  );
  return changed.length;
}

async function deleteActivity(database: Database, rows: readonly Found[]): Promise<number> {
  const places = rows.map(({ at, seq }) => ({ at, seq }));
  const deleted = await database.query(
    `DELETE FROM $schema.activity AS a USING json_to_recordset($1::json) AS t (at bigint, seq bigint)
     WHERE a.at = t.at AND a.seq = t.seq RETURNING 1 AS one`,
    [JSON.stringify(places)],
  );
  return deleted.length;
}

async function redactActivity(database: Database, rows: readonly Found[]): Promise<number> {
  const redacted = rows.map(({ at, seq, record }) => {
    const { data: _, ...rest } = JSON.parse(record) as ActivityRecord;
    return { at, seq, record: JSON.stringify(rest) };
  });
  const changed = await database.query(
    `UPDATE $schema.activity AS a SET record = t.record
     FROM json_to_recordset($1::json) AS t (at bigint, seq bigint, record text)
     WHERE a.at = t.at AND a.seq = t.seq RETURNING 1 AS one`,
    [JSON.stringify(redacted)],
  );
  return changed.length;
}
