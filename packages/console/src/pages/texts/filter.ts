import type { Message, QueryOf } from '@parley/api';

/** What of all texts is shown. Its fields are those of the query string. */
export interface Filter {
  readonly app?: string;
  readonly direction?: Message['direction'];
  readonly status?: Message['status'];
  /** A whole number. */
  readonly theirs?: string;
  readonly conversation?: string;
  readonly bot?: string;
  readonly notification?: string;
  /** What it failed with. */
  readonly code?: string;
  readonly text?: string;
  /** One of {@link SPANS}; `since` and `until` are then not there. */
  readonly span?: string;
  readonly since?: number;
  readonly until?: number;
}

export type FilterField = keyof Filter;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const SPANS = [
  { id: '1h', name: 'Last hour', length: HOUR },
  { id: '24h', name: 'Last 24 hours', length: 24 * HOUR },
  { id: '7d', name: 'Last 7 days', length: 7 * 24 * HOUR },
  { id: '30d', name: 'Last 30 days', length: 30 * 24 * HOUR },
] as const;

export const STATUSES: readonly Message['status'][] = ['received', 'pending', 'sent', 'delivered', 'failed'];

const WORDS = ['app', 'conversation', 'bot', 'notification', 'code', 'text'] as const;

/** Reads it from the query string; what makes no sense is left out. */
export function filterOf(search: URLSearchParams): Filter {
  const filter: { -readonly [Field in FilterField]?: Filter[Field] } = {};
  for (const field of WORDS) {
    const value = search.get(field);
    if (value !== null && value !== '') filter[field] = value;
  }
  const direction = search.get('direction');
  if (direction === 'inbound' || direction === 'outbound') filter.direction = direction;
  const status = STATUSES.find((one) => one === search.get('status'));
  if (status !== undefined) filter.status = status;
  const theirs = numberOf(search.get('theirs') ?? '');
  if (theirs !== undefined) filter.theirs = theirs;
  const span = SPANS.find(({ id }) => id === search.get('span'));
  if (span !== undefined) return { ...filter, span: span.id };
  for (const field of ['since', 'until'] as const) {
    const moment = momentOf(search.get(field));
    if (moment !== undefined) filter[field] = moment;
  }
  return filter;
}

function momentOf(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** A number as people write it, as the API takes it: E.164 or a short code. `undefined` where it is none yet. */
export function numberOf(text: string): string | undefined {
  const number = text.trim().replaceAll(/[\s().-]/g, '');
  return /^([a-z]+:)?(\+[1-9]\d{6,14}|\d{3,8})$/.test(number) ? number : undefined;
}

/** What the API is asked for. A span ends now and begins at a whole minute, so that the same question is asked in the same words. */
export function queryOf({ span, ...filter }: Filter, now: number): QueryOf<'GET /messages.csv'> {
  const found = SPANS.find(({ id }) => id === span);
  return found === undefined ? filter : { ...filter, since: Math.floor((now - found.length) / MINUTE) * MINUTE };
}

/** Whether a text that has just come is one of those that are looked at. */
export function matches(message: Message, filter: QueryOf<'GET /messages.csv'>): boolean {
  const { app, direction, status, theirs, conversation, code, since, until } = filter;
  return (
    is(app, message.app) &&
    is(direction, message.direction) &&
    is(status, message.status) &&
    is(theirs, message.theirs) &&
    is(conversation, message.conversation) &&
    (code === undefined || (message.status === 'failed' && is(code, message.error?.code ?? 'unknown'))) &&
    (since === undefined || message.at >= Number(since)) &&
    (until === undefined || message.at < Number(until)) &&
    isSaidBy(message, filter) &&
    hasWords(message, filter)
  );
}

function is<Value>(wanted: Value | undefined, value: Value): boolean {
  return wanted === undefined || wanted === value;
}

function isSaidBy({ origin }: Message, { bot, notification }: QueryOf<'GET /messages.csv'>): boolean {
  if (bot !== undefined && !(origin.kind === 'bot' && origin.bot === bot)) return false;
  return notification === undefined || (origin.kind === 'notification' && origin.name === notification);
}

/** Texts that are kept confidential are not found by their words. */
function hasWords({ text, redacted }: Message, { text: words }: QueryOf<'GET /messages.csv'>): boolean {
  return words === undefined || (redacted === undefined && text.toLowerCase().includes(words.toLowerCase()));
}
