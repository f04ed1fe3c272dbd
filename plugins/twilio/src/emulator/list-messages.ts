import type { FormFields } from '../form.ts';
import { one } from './create-message.ts';
import { type EmulatedMessage, messageResource } from './message.ts';

const DEFAULT_PAGE = 50;
const LARGEST_PAGE = 1_000;
const DAY = 86_400_000;

/**
 * Lists messages, newest first, by Twilio's filters To, From and DateSent. A page after the first begins behind the
 * message that its token names, so that texts which come in between shift nothing.
 */
export function listMessages(
  messages: readonly EmulatedMessage[],
  query: FormFields,
  accountSid: string,
): Record<string, unknown> {
  const matching = messages.filter(filterOf(query)).reverse();
  const size = Math.min(LARGEST_PAGE, Math.max(1, Number(one(query, 'PageSize') ?? DEFAULT_PAGE) || DEFAULT_PAGE));
  const page = Math.max(0, Number(one(query, 'Page') ?? 0) || 0);
  const start = startOf(matching, one(query, 'PageToken'), page * size);
  const items = matching.slice(start, start + size);
  const last = items.at(-1);
  const more = start + size < matching.length;
  const path = `/2010-04-01/Accounts/${accountSid}/Messages.json`;
  return {
    end: start + items.length - 1,
    first_page_uri: `${path}?${pageQuery(query, size, 0, undefined)}`,
    messages: items.map((message) => messageResource(message, accountSid)),
    next_page_uri: more && last !== undefined ? `${path}?${pageQuery(query, size, page + 1, last.sid)}` : null,
    page,
    page_size: size,
    previous_page_uri: page === 0 ? null : `${path}?${pageQuery(query, size, page - 1, undefined)}`,
    start,
    uri: `${path}?${pageQuery(query, size, page, undefined)}`,
  };
}

function startOf(messages: readonly EmulatedMessage[], token: string | undefined, otherwise: number): number {
  const after = token === undefined ? -1 : messages.findIndex((message) => token === `PA${message.sid}`);
  return after === -1 ? otherwise : after + 1;
}

function pageQuery(query: FormFields, size: number, page: number, after: string | undefined): string {
  const parameters = new URLSearchParams();
  for (const name of ['To', 'From', 'DateSent', 'DateSent<', 'DateSent>']) {
    const value = one(query, name);
    if (value !== undefined) parameters.set(name, value);
  }
  parameters.set('PageSize', String(size));
  parameters.set('Page', String(page));
  if (after !== undefined) parameters.set('PageToken', `PA${after}`);
  return parameters.toString();
}

function filterOf(query: FormFields): (message: EmulatedMessage) => boolean {
  const to = one(query, 'To');
  const from = one(query, 'From');
  const on = one(query, 'DateSent');
  const before = one(query, 'DateSent<');
  const after = one(query, 'DateSent>');
  return (message) =>
    (to === undefined || message.to === to) &&
    (from === undefined || message.from === from) &&
    (on === undefined || sentBetween(message, startOfDay(on), startOfDay(on) + DAY - 1)) &&
    (before === undefined || sentBetween(message, Number.NEGATIVE_INFINITY, endOf(before))) &&
    (after === undefined || sentBetween(message, Date.parse(after), Number.POSITIVE_INFINITY));
}

function sentBetween(message: EmulatedMessage, from: number, to: number): boolean {
  return message.dateSent !== undefined && message.dateSent >= from && message.dateSent <= to;
}

function startOfDay(date: string): number {
  return Date.parse(date.slice(0, 10));
}

/** A bare date counts as a whole day. */
function endOf(date: string): number {
  return date.length <= 10 ? startOfDay(date) + DAY - 1 : Date.parse(date);
}
