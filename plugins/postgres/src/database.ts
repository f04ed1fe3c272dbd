import { randomInt } from 'node:crypto';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@parley/core';
import pg from 'pg';
import { isInTheWay } from './failures.ts';
import type { Settings } from './options.ts';

export type Value = string | number | boolean | null | readonly (string | null)[];

/** Runs one statement. `$schema` in its text becomes the schema's name. */
export type Query = <Row extends object>(text: string, values?: readonly Value[]) => Promise<readonly Row[]>;

/** How often a statement is tried that others are in the way of. */
const TRIES = 6;

/** How much longer our own clock waits than the server's, so that the server's word, which says more, comes first. */
const MARGIN = 1_000;

/**
 * Our statements find single rows by an index, or walk along one and stop soon. A plan that was made while a table was still small, and
 * is kept for the connection's life, must not read all of it once it has grown; nor must one that takes a page for the
 * whole, as the planner knows little of how many rows come after a place.
 */
const PLANNING = [
  ...['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin'].map((way) => `-c enable_${way}=off`),
  // What is off is not forbidden but costs 10^10, and what costs that much is compiled first, for a quarter of a second.
  '-c jit=off',
].join(' ');

/** After how many milliseconds a connection is closed that nobody needs. Another one has all its plans to make. */
const IDLE = 60_000;

const INT8 = 20;

/** Numbers as numbers: moments and counts are far below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (id, format) => (id === INT8 ? Number : pg.types.getTypeParser(id, format as never)) as never,
};

/**
 * Connections to the server. A statement is a transaction of its own and never leaves anything behind in its connection,
 * so that a pooler may stand in between; what takes several is rare and uses `transaction`.
 */
export class Database {
  readonly #settings: Settings;
  readonly #log: Log;
  readonly #prepared = new Map<string, { readonly text: string; readonly name?: string }>();
  readonly #sockets = new Set<Socket>();
  #pool: pg.Pool;

  constructor(settings: Settings, log: Log) {
    this.#settings = settings;
    this.#log = log;
    this.#pool = this.#connect();
  }

  /** Runs a statement that is asked often: unless a pooler is in between, each connection plans it only once. */
  readonly query: Query = async (text, values = []) => this.#run(this.#statement(text), values);

  /** Runs a statement whose best plan depends on what it is asked. */
  readonly queryOnce: Query = async (text, values = []) => this.#run({ text: this.#named(text) }, values);

  /** Runs several statements as one transaction that may take as long as it needs. */
  async transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    let broken = false;
    const query: Query = async (text, values = []) => {
      const answer = await client.query({
        text: this.#named(text),
        values: [...values],
        types,
        query_timeout: 0,
      } as never);
      return (answer as unknown as pg.QueryResult).rows;
    };
    // Without a listener, a connection that breaks between two statements would end the process.
    const onError = () => {
      broken = true;
    };
    client.on('error', onError);
    try {
      await query('BEGIN');
      await query('SET LOCAL statement_timeout = 0');
      await query('SET LOCAL lock_timeout = 0');
      const result = await work(query);
      await query('COMMIT');
      return result;
    } catch (error) {
      await query('ROLLBACK').catch(onError);
      throw error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
    for (const socket of this.#sockets) socket.destroy();
  }

  async #run<Row>(
    statement: { readonly text: string; readonly name?: string },
    values: readonly Value[],
  ): Promise<Row[]> {
    for (let tries = 1; ; tries++) {
      const pool = this.#pool;
      try {
        const { rows } = await pool.query({ ...statement, values: [...values], types });
        return rows as Row[];
      } catch (error) {
        if (isTimeout(error)) this.#reconnect(pool);
        if (!isInTheWay(error) || tries === TRIES) throw error;
        await sleep(randomInt(tries * 10));
      }
    }
  }

  #statement(text: string): { readonly text: string; readonly name?: string } {
    const known = this.#prepared.get(text);
    if (known !== undefined) return known;
    const name = this.#settings.pooler ? {} : { name: `parley_${this.#prepared.size}` };
    const statement = { text: this.#named(text), ...name };
    this.#prepared.set(text, statement);
    return statement;
  }

  #named(text: string): string {
    return text.replaceAll('$schema', `"${this.#settings.schema}"`);
  }

  #connect(): pg.Pool {
    const { connection, pool: max, timeout, connectTimeout, pooler } = this.#settings;
    const limits = `-c statement_timeout=${timeout} -c lock_timeout=${timeout} -c idle_in_transaction_session_timeout=${10 * timeout}`;
    const pool = new pg.Pool({
      ...connection,
      max,
      // A pooler refuses settings at the beginning, and hands them on to others when they come later.
      ...(pooler ? {} : { options: `${limits} ${PLANNING}` }),
      query_timeout: timeout + MARGIN,
      connectionTimeoutMillis: connectTimeout,
      idleTimeoutMillis: IDLE,
      stream: () => this.#socket(),
    });
    pool.on('error', (error) => this.#log.debug({ error: error.message }, 'an idle connection to PostgreSQL broke'));
    return pool;
  }

  /** A socket that we can end: one that nobody answers on any more would never end by itself. */
  #socket(): Socket {
    const socket = new Socket();
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
  }

  /**
   * Gives all connections up once the server has not answered on one of them: whoever tried the next would wait as long
   * again.
   */
  #reconnect(silent: pg.Pool): void {
    if (silent !== this.#pool) return;
    this.#log.warn({}, 'PostgreSQL does not answer; connecting again');
    const sockets = [...this.#sockets];
    this.#pool = this.#connect();
    silent.end().catch(() => {});
    for (const socket of sockets) socket.destroy();
  }
}

/** Whether it was our own clock that gave up; pg says so in words only. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout';
}
