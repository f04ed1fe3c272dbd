import type { FormFields } from '../form.ts';
import type { Account, AccountService } from './account.ts';
import { type ProblemCode, refuse } from './api-problem.ts';
import { magicRecipients, magicSenders } from './magic.ts';
import type { OptOuts } from './opt-out.ts';

/** A message that the API has been asked to create, once it has passed every check. */
export interface Draft {
  readonly to: string;
  /** Empty with a messaging service, which chooses later. */
  readonly from: string;
  readonly service: AccountService | undefined;
  readonly body: string;
  readonly mediaUrls: readonly string[];
  readonly statusCallback: string | undefined;
  /** When to send, for a scheduled message; milliseconds since the epoch. */
  readonly sendAt: number | undefined;
}

/** Twilio's limits. */
const LONGEST_BODY = 1_600;
const MOST_MEDIA = 10;
const MINUTE = 60_000;
const SCHEDULE = { soonest: 15 * MINUTE, latest: 35 * 24 * 60 * MINUTE } as const;

/**
 * Checks the parameters of a create as Twilio does.
 *
 * @throws Refusal with Twilio's code.
 */
export function readDraft(fields: FormFields, account: Account, optOuts: OptOuts, now: number): Draft {
  const to = one(fields, 'To') ?? refuse(21604);
  const service = readService(fields, account);
  const from = service === undefined ? (one(fields, 'From') ?? refuse(21603)) : '';
  const body = one(fields, 'Body') ?? '';
  const mediaUrls = many(fields, 'MediaUrl');
  checkContent(body, mediaUrls, one(fields, 'ContentSid'));
  checkRecipient(to);
  if (service === undefined) checkSender(from, to, account);
  if (optOuts.has(service?.sid ?? optOutScope(from, account), to)) refuse(21610);
  return {
    to,
    from,
    service,
    body,
    mediaUrls,
    statusCallback: readCallback(fields),
    sendAt: readSendAt(fields, service, now),
  };
}

/** Opt-outs hold for the one number, or for the whole service that it is in. */
export function optOutScope(number: string, account: Account): string {
  return account.serviceOf(number)?.sid ?? number;
}

function readService(fields: FormFields, account: Account): AccountService | undefined {
  const sid =
    one(fields, 'MessagingServiceSid') ?? (one(fields, 'From')?.startsWith('MG') ? one(fields, 'From') : undefined);
  if (sid === undefined) return undefined;
  const service = account.service(sid) ?? refuse(21705, sid);
  if (service.numbers.length === 0) refuse(21704);
  return service;
}

function checkContent(body: string, mediaUrls: readonly string[], contentSid: string | undefined): void {
  if (body === '' && mediaUrls.length === 0 && contentSid === undefined) refuse(21602);
  if (body.length > LONGEST_BODY) refuse(21617);
  if (mediaUrls.length > MOST_MEDIA) refuse(21623);
  if (!mediaUrls.every(isHttpUrl)) refuse(21620);
}

function checkRecipient(to: string): void {
  refuseMagic(magicRecipients, to);
  const [, number = ''] = /^(?:[a-z]+:)?(.*)$/.exec(to) ?? [];
  const valid = number.startsWith('+1') ? /^\+1\d{10}$/.test(number) : /^\+[2-9]\d{6,14}$/.test(number);
  if (!valid) refuse(21211, to);
}

function checkSender(from: string, to: string, account: Account): void {
  refuseMagic(magicSenders, from);
  if (from === to) refuse(21266, from);
  if (!account.owns(from)) refuse(21606, from);
  if (channelOf(from) !== channelOf(to)) refuse(21612, to);
}

function refuseMagic(numbers: Readonly<Record<string, ProblemCode>>, number: string): void {
  const code = Object.hasOwn(numbers, number) ? numbers[number] : undefined;
  if (code !== undefined) refuse(code, number);
}

function channelOf(address: string): string {
  return address.includes(':') ? address.slice(0, address.indexOf(':')) : 'sms';
}

function readCallback(fields: FormFields): string | undefined {
  const url = one(fields, 'StatusCallback');
  if (url !== undefined && !isHttpUrl(url)) refuse(21609, url);
  return url;
}

function readSendAt(fields: FormFields, service: AccountService | undefined, now: number): number | undefined {
  if (one(fields, 'ScheduleType') !== 'fixed') return undefined;
  if (service === undefined) refuse(35118);
  const at = Date.parse(one(fields, 'SendAt') ?? '');
  if (!(at >= now + SCHEDULE.soonest && at <= now + SCHEDULE.latest)) refuse(35111);
  return at;
}

function isHttpUrl(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value);
}

/** The value of a parameter; of one that came twice, the last, as Twilio takes it. */
export function one(fields: FormFields, name: string): string | undefined {
  const value = fields[name];
  const last = typeof value === 'string' ? value : value?.at(-1);
  return last === '' ? undefined : last;
}

function many(fields: FormFields, name: string): readonly string[] {
  const value = fields[name] ?? [];
  return (typeof value === 'string' ? [value] : value).filter((item) => item !== '');
}
