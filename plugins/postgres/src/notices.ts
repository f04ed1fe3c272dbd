import { randomInt, randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { type Clock, codeOf, type Log } from '@parley/core';
import pg from 'pg';
import type { Database } from './database.ts';
import type { Settings } from './options.ts';

/** Between two notices, in milliseconds: what is committed meanwhile goes into the next. */
const GAP = 50;

/** How often a connection that nothing is heard on is asked whether it still is there. */
const HEARTBEAT = 15_000;

/** How long the server has to take leave. */
const GOODBYE = 500;

const FIRST_RETRY = 250;
const LONGEST_RETRY = 10_000;

type Listener = (dueAt: number) => void;

/**
 * Tells other processes of the earliest moment at which something is due, and hears it from them.
 *
 * A notice is a statement of its own after the commit and not part of it: PostgreSQL lets transactions that notify commit one at a
 * time, all processes together. It may therefore be lost; whoever sleeps looks by himself now and then. And there are few of
 * them: whoever was told of a moment looks at that moment for everything, so that later ones need no notice before.
 */
export class Notices {
  readonly #database: Database;
  readonly #settings: Settings;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #own = randomUUID().slice(0, 8);
  readonly #listeners = new Set<Listener>();
  #connection: Connection | undefined;
  /** What the others know. */
  #told = Number.NEGATIVE_INFINITY;
  #toTell = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database, settings: Settings, { clock, log }: { readonly clock: Clock; readonly log: Log }) {
    this.#database = database;
    this.#settings = settings;
    this.#clock = clock;
    this.#log = log;
  }

  /** Something is due at this moment. */
  committed(dueAt: number): void {
    if (this.#settings.listening === undefined) return;
    const willBeLookedAt = this.#told > this.#clock.now() && dueAt >= this.#told;
    if (willBeLookedAt || dueAt >= this.#toTell) return;
    this.#toTell = dueAt;
    this.#timer ??= setTimeout(() => void this.#tell(), GAP);
  }

  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    const { listening, connectTimeout } = this.#settings;
    if (listening !== undefined) {
      this.#connection ??= new Connection({
        config: { ...listening, connectionTimeoutMillis: connectTimeout },
        channel: this.#channel,
        log: this.#log,
        heard: (payload) => this.#heard(payload),
        // What was told meanwhile is lost: everybody looks.
        connectedAgain: () => this.#call(this.#clock.now()),
      });
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#connection?.close();
      this.#connection = undefined;
    };
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#listeners.clear();
    this.#connection?.close();
    this.#connection = undefined;
  }

  get #channel(): string {
    return `parley ${this.#settings.schema}`.slice(0, 63);
  }

  async #tell(): Promise<void> {
    const dueAt = this.#toTell;
    this.#toTell = Number.POSITIVE_INFINITY;
    this.#told = dueAt;
    try {
      await this.#database.query('SELECT pg_notify($1, $2)', [this.#channel, `${this.#own} ${Math.ceil(dueAt)}`]);
    } catch (error) {
      this.#told = Number.NEGATIVE_INFINITY;
      this.#log.debug({ code: codeOf(error) }, 'other processes could not be told of what is due');
    } finally {
      this.#timer = undefined;
      // What came while this notice was under way.
      const next = this.#toTell;
      this.#toTell = Number.POSITIVE_INFINITY;
      if (next < Number.POSITIVE_INFINITY) this.committed(next);
    }
  }

  #heard(payload: string): void {
    const [from, dueAt] = payload.split(' ');
    if (from !== this.#own && Number.isFinite(Number(dueAt))) this.#call(Number(dueAt));
  }

  #call(dueAt: number): void {
    for (const listener of this.#listeners) listener(dueAt);
  }
}

interface ConnectionOptions {
  readonly config: pg.ClientConfig;
  readonly channel: string;
  readonly log: Log;
  readonly heard: (payload: string) => void;
  readonly connectedAgain: () => void;
}

/** The one connection that listens: it connects again, ever more slowly, for as long as it is open. */
class Connection {
  readonly #options: ConnectionOptions;
  #client: pg.Client | undefined;
  #socket: Socket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #retry = FIRST_RETRY;
  #isFirst = true;
  #closed = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    void this.#connect();
  }

  close(): void {
    this.#closed = true;
    this.#drop();
  }

  async #connect(): Promise<void> {
    const { config, channel, heard, connectedAgain } = this.#options;
    const socket = new Socket();
    const client = new pg.Client({ ...config, query_timeout: config.connectionTimeoutMillis, stream: () => socket });
    this.#client = client;
    this.#socket = socket;
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    client.on('notification', ({ payload }) => heard(payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      this.#retry = FIRST_RETRY;
      if (!this.#isFirst) connectedAgain();
      this.#isFirst = false;
      this.#beat(client);
    } catch {
      this.#lost(client);
    }
  }

  /** A connection that was cut off without a word is only noticed by asking. */
  #beat(client: pg.Client): void {
    this.#timer = setTimeout(() => {
      client.query('SELECT 1').then(
        () => client === this.#client && this.#beat(client),
        () => this.#lost(client),
      );
    }, HEARTBEAT).unref();
  }

  #lost(client: pg.Client): void {
    if (client !== this.#client || this.#closed) return;
    this.#drop();
    this.#options.log.warn({ retryIn: this.#retry }, 'the connection that listens to PostgreSQL is lost');
    this.#timer = setTimeout(() => void this.#connect(), this.#retry + randomInt(this.#retry)).unref();
    this.#retry = Math.min(LONGEST_RETRY, this.#retry * 2);
  }

  #drop(): void {
    clearTimeout(this.#timer);
    const [client, socket] = [this.#client, this.#socket];
    this.#client = undefined;
    client?.end().catch(() => {});
    // An end that nobody answers would be no end.
    setTimeout(() => socket?.destroy(), GOODBYE).unref();
  }
}
