import { createHash } from 'node:crypto';
import type { FormFields } from '../form.ts';
import type { Account, AccountNumber, AccountService } from './account.ts';
import type { ApiRequest } from './api.ts';
import { refuse } from './api-problem.ts';
import { one } from './create-message.ts';

interface SenderWorld {
  readonly accountSid: string;
  readonly account: Account;
  readonly now: () => number;
}

/** Lists are under the account, services under their own version: they are of another host at Twilio. */
const LISTS = /^\/2010-04-01\/Accounts\/(?<account>\w+)\/(?<list>IncomingPhoneNumbers|SMS\/ShortCodes)\.json$/;
const SERVICE = /^\/v1\/Services\/(?<sid>\w+)$/;

/**
 * Answers what the account owns to text from: `IncomingPhoneNumbers`, `SMS/ShortCodes` and one messaging service, to be looked
 * at. `undefined` when the request is about something else.
 *
 * @throws Refusal with Twilio's code.
 */
export function senderAnswer(world: SenderWorld, { method, path, query }: ApiRequest): object | undefined {
  const sid = SERVICE.exec(path)?.groups?.sid;
  const { account, list } = LISTS.exec(path)?.groups ?? {};
  if (sid === undefined && list === undefined) return undefined;
  if (method !== 'GET') refuse(20004);
  if (sid !== undefined) return serviceResource(world, world.account.service(sid) ?? refuse(20404, path));
  if (account !== world.accountSid) refuse(20404, path);
  return list === 'IncomingPhoneNumbers' ? listNumbers(world, path, query) : listShortCodes(world, path, query);
}

function listNumbers(world: SenderWorld, path: string, query: FormFields): object {
  const wanted = one(query, 'PhoneNumber');
  const numbers = world.account
    .numbers()
    .filter(({ number }) => number.startsWith('+') && (wanted === undefined || number.includes(wanted)));
  return page(
    path,
    'incoming_phone_numbers',
    numbers.map((number) => numberResource(world, number)),
  );
}

function listShortCodes(world: SenderWorld, path: string, query: FormFields): object {
  const wanted = one(query, 'ShortCode');
  const codes = world.account
    .numbers()
    .filter(({ number }) => /^\d+$/.test(number) && (wanted === undefined || number.includes(wanted)));
  const resources = codes.map((code) => ({ ...webhooksOf(world, code, 'SC'), short_code: code.number }));
  return page(path, 'short_codes', resources);
}

/** All on one page: an emulated account owns a handful. */
function page(path: string, name: string, items: readonly object[]): object {
  return {
    [name]: items,
    ...{ page: 0, page_size: Math.max(50, items.length), start: 0, end: items.length - 1 },
    ...{ uri: path, first_page_uri: path, next_page_uri: null, previous_page_uri: null },
  };
}

function numberResource(world: SenderWorld, number: AccountNumber): object {
  return {
    ...webhooksOf(world, number, 'PN'),
    phone_number: number.number,
    sms_application_sid: '',
    status_callback: number.statusUrl ?? '',
    capabilities: { voice: false, sms: true, mms: true, fax: false },
    ...{ beta: false, origin: 'twilio', status: 'in-use' },
  };
}

/** What numbers and short codes have in common. */
function webhooksOf({ accountSid, now }: SenderWorld, number: AccountNumber, kind: 'PN' | 'SC'): object {
  const at = new Date(now()).toUTCString();
  return {
    sid: kind + createHash('sha256').update(number.number).digest('hex').slice(0, 32),
    account_sid: accountSid,
    api_version: '2010-04-01',
    friendly_name: number.number,
    ...{ sms_url: number.inboundUrl ?? '', sms_method: 'POST' },
    ...{ sms_fallback_url: number.fallbackUrl ?? '', sms_fallback_method: 'POST' },
    ...{ date_created: at, date_updated: at },
  };
}

function serviceResource({ accountSid, now }: SenderWorld, service: AccountService): object {
  const at = new Date(now()).toISOString();
  return {
    sid: service.sid,
    account_sid: accountSid,
    friendly_name: 'Emulated service',
    ...{ inbound_request_url: service.inboundUrl ?? null, inbound_method: 'POST' },
    ...{ fallback_url: service.fallbackUrl ?? null, fallback_method: 'POST' },
    status_callback: service.statusUrl ?? null,
    use_inbound_webhook_on_number: service.useInboundWebhookOnNumber,
    sticky_sender: service.stickySender,
    ...{ date_created: at, date_updated: at },
  };
}
