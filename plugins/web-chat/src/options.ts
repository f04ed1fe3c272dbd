import { parseOptions } from '@parley/core';
import * as z from 'zod';

const SECOND = 1_000;

const origin = z
  .string()
  .refine((value) => value === '*' || isOrigin(value), 'an origin is https:// and a host, without a path, or *');

const secret = z.string().min(32, 'a secret has 32 characters at least');

const pageSchema = z.strictObject({
  title: z.string().min(1).max(80).optional(),
  greeting: z.string().max(500).optional(),
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'an accent is a colour such as #0b6e4f')
    .optional(),
});

const optionsSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'a name has lower-case letters, digits and dashes')
    .default('web-chat'),
  secret: z.union([secret, z.array(secret).min(1)]).optional(),
  origins: z.array(origin).default([]),
  pages: z.record(z.string(), pageSchema).default({}),
  showNames: z
    .union([z.boolean(), z.custom<ShowName>((value) => typeof value === 'function', 'true, false or a function')])
    .default(false),
  longestText: z.number().int().min(1).max(4_000).default(2_000),
  historyPage: z.number().int().min(1).max(200).default(40),
  pace: z
    .strictObject({
      burst: z.number().int().positive().default(10),
      perMinute: z.number().positive().default(30),
    })
    .prefault({}),
  newVisitorsPerMinute: z.number().positive().default(30),
  connectionsPerComputer: z.number().int().positive().default(50),
  silence: z
    .number()
    .int()
    .min(SECOND)
    .default(60 * SECOND),
  lookForOthers: z.number().int().min(100).default(SECOND),
});

/** Under which name visitors see a person: the one in the message log, another, or none. */
export type ShowName = (name: string) => string | undefined;

/** How the page of a chat looks. */
export interface PageOptions {
  /** Default: the name of the organization. */
  readonly title?: string;
  /** What stands there until something is said. Default: a sentence that says that one can write here. */
  readonly greeting?: string;
  /** A colour, `#0b6e4f`. Default: a blue. */
  readonly accent?: string;
}

/** What {@link webChat} takes. */
export interface WebChatOptions {
  /** The plugin's name and with it the path, `/plugins/<name>`. Default `web-chat`. */
  readonly name?: string;
  /**
   * Signs the visitors' tokens: 32 characters at least. Of several the first signs and all count, to change it without losing anybody.
   * Default: the environment's `PARLEY_WEB_CHAT_SECRET`, else one that is drawn once and kept in the storage.
   */
  readonly secret?: string | readonly string[];
  /** The sites whose pages may use it, `https://www.example.com`; `*` for all. Default: this server's own pages only. */
  readonly origins?: readonly string[];
  /** How the chats' own pages look, by name: `{ support: { title: 'Support' } }` for `web:support`. */
  readonly pages?: Readonly<Record<string, PageOptions>>;
  /** Whether visitors are told who it is that answers from the console, or under which name. Default `false`. */
  readonly showNames?: boolean | ShowName;
  /** How many characters a text of a visitor may have, 4,000 at most. Default 2,000. */
  readonly longestText?: number;
  /** How many messages a page is given at a time. Default 40. */
  readonly historyPage?: number;
  /** How many texts a visitor may send at once, and how many a minute after that. Default 10 and 30. */
  readonly pace?: { readonly burst?: number; readonly perMinute?: number };
  /** How many new visitors may come from one IP address in a minute. Default 30. */
  readonly newVisitorsPerMinute?: number;
  /** How many connections one IP address may have. Default 50. */
  readonly connectionsPerComputer?: number;
  /** A connection on which nothing is heard for this long is ended, in milliseconds. Pages speak every 25 seconds. Default 60,000. */
  readonly silence?: number;
  /** With a storage that processes share: how often to look for what others have sent, in milliseconds. Default 1,000. */
  readonly lookForOthers?: number;
}

/** Options with their defaults. */
export type ResolvedOptions = z.output<typeof optionsSchema>;

/** @throws `error.platform.config.malformed` */
export function resolveOptions(options: WebChatOptions): ResolvedOptions {
  return parseOptions(optionsSchema, options, 'webChat');
}

function isOrigin(value: string): boolean {
  return URL.canParse(value) && /^https?:/.test(value) && new URL(value).origin === value;
}
