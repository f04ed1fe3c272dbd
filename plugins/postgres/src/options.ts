import { parseOptions } from '@parley/core';
import type { ClientConfig } from 'pg';
import * as z from 'zod';

/** Where PostgreSQL is; as a `url`, or as its parts. What is in neither comes from `PGHOST`, `PGUSER` and the like. */
export interface PostgresConnection {
  /** `postgres://user:password@host:5432/database`, with `?sslmode=…` if need be. */
  readonly url?: string;
  readonly host?: string;
  /** Default 5432. */
  readonly port?: number;
  readonly database?: string;
  readonly user?: string;
  /** A function is asked for every new connection: for tokens that run out. */
  readonly password?: string | (() => string | Promise<string>);
  /** TLS as node's `tls.connect` takes it; `true` checks the server's certificate. Default: as the `url` says, else none. */
  readonly ssl?: boolean | Readonly<Record<string, unknown>>;
}

export interface PostgresOptions extends PostgresConnection {
  /** The schema that has the tables, of Parley alone; made at the first start. Default `parley`. */
  readonly schema?: string;
  /**
   * How many connections at most; default 10. Turns need few, since many share one commit: four at a time write, the others are
   * for reads, plugins and the console. All processes together must stay below the server's `max_connections`.
   */
  readonly pool?: number;
  /** How many commits are under way at a time; default 4. More help only where the way to the server is long. */
  readonly commits?: number;
  /** How many turns one commit takes at most; default 128. */
  readonly maxBatch?: number;
  /**
   * Milliseconds that a statement may take before it is given up; default 5,000. Our own clock watches it as well, for a
   * server that does not answer at all.
   */
  readonly timeout?: number;
  /** Milliseconds that it may take to get a connection; default 5,000. */
  readonly connectTimeout?: number;
  /**
   * Whether the connections go through a pooler that gives each transaction another one (PgBouncer in transaction mode). Then no
   * statement is prepared and no setting made, which costs about a millisecond more for each commit, and other
   * processes' commits are heard of only with a `listenUrl`.
   */
  readonly pooler?: boolean;
  /** Where to listen past a pooler: a URL of PostgreSQL itself. One connection. */
  readonly listenUrl?: string;
}

/** Options with every default filled in. */
export interface Settings {
  readonly connection: ClientConfig;
  /** Undefined where nobody can listen. */
  readonly listening: ClientConfig | undefined;
  readonly schema: string;
  readonly pool: number;
  readonly commits: number;
  readonly maxBatch: number;
  readonly timeout: number;
  readonly connectTimeout: number;
  readonly pooler: boolean;
}

const count = z.number().int().positive();

/** PostgreSQL cuts names off after 63 bytes. */
const SCHEMA = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;

const URL_OF = /^postgres(ql)?:\/\//;

const url = z
  .string()
  .regex(URL_OF, 'begin it with postgres://')
  .refine((text) => URL.canParse(text), 'it is no URL: write special characters of a password as %2F and the like');

const schema = z.strictObject({
  url: url.optional(),
  host: z.string().min(1).optional(),
  port: count.max(65_535).optional(),
  database: z.string().min(1).optional(),
  user: z.string().min(1).optional(),
  password: z.union([z.string(), z.custom<() => string>((value) => typeof value === 'function')]).optional(),
  ssl: z.union([z.boolean(), z.record(z.string(), z.unknown())]).optional(),
  schema: z.string().regex(SCHEMA, 'letters, digits and _, 63 at most').optional(),
  pool: count.optional(),
  commits: count.optional(),
  maxBatch: count.optional(),
  timeout: count.optional(),
  connectTimeout: count.optional(),
  pooler: z.boolean().optional(),
  listenUrl: url.optional(),
});

/** @throws `error.platform.config.malformed` */
export function settingsOf(options: PostgresOptions): Settings {
  const parsed = parseOptions(schema, options, 'postgres');
  const { pool = 10, pooler = false, listenUrl, timeout = 5_000, connectTimeout = 5_000 } = parsed;
  const connection = connectionOf(options);
  const past = listenUrl === undefined ? undefined : { ...connection, connectionString: listenUrl };
  return {
    connection,
    listening: past ?? (pooler ? undefined : connection),
    schema: parsed.schema ?? 'parley',
    pool,
    commits: Math.min(parsed.commits ?? 4, pool),
    maxBatch: parsed.maxBatch ?? 128,
    timeout,
    connectTimeout,
    pooler,
  };
}

function connectionOf({ url, host, port, database, user, password, ssl }: PostgresConnection): ClientConfig {
  return {
    application_name: 'parley',
    keepAlive: true,
    ...(url === undefined ? {} : { connectionString: url }),
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(database === undefined ? {} : { database }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(ssl === undefined ? {} : { ssl }),
  };
}

/** Where the data is, for people to read: never with a password. */
export function locationOf({ connection, schema }: Settings): string {
  const { connectionString, host, port, database } = connection;
  if (connectionString === undefined) return `${host ?? 'localhost'}:${port ?? 5432}/${database ?? ''} (${schema})`;
  const { host: at, pathname } = new URL(connectionString);
  return `${at}${pathname} (${schema})`;
}
