import {
  type Address,
  type Clock,
  type Emulator,
  type HandsetMessage,
  type Media,
  maskAddress,
  ParleyError,
} from '@parley/core';
import type { Account, AccountService } from './account.ts';
import { optOutScope } from './create-message.ts';
import { guessContentType } from './media-store.ts';
import { type EmulatedMessage, segmentsOf } from './message.ts';
import { OPT_OUT_REPLIES, type OptOutKind, type OptOuts, optOutKind } from './opt-out.ts';
import type { NewSid } from './random.ts';
import type { MessageStore } from './store.ts';
import type { WebhookCaller } from './webhook-caller.ts';
import { inboundParameters } from './webhook-parameters.ts';

interface PhoneWorld {
  readonly account: Account;
  readonly accountSid: string;
  readonly store: MessageStore;
  readonly optOuts: OptOuts;
  readonly handlesOptOut: boolean;
  readonly caller: WebhookCaller;
  readonly clock: Clock;
  readonly newSid: NewSid;
  readonly mediaUrl: (messageSid: string, mediaSid: string) => string;
  readonly changed: (message: EmulatedMessage) => void;
}

/** The text that a phone sends. */
type PhoneText = Parameters<Emulator['text']>[0];

/** Sends a text from a phone through the account's webhook. */
export async function textFromPhone(
  world: PhoneWorld,
  text: PhoneText,
): Promise<{ readonly providerId: string; readonly answered: number }> {
  const { account, store } = world;
  const { number, service } = destination(account, text);
  const message: EmulatedMessage = {
    ...textBetween(world, text.from, number, text.text),
    sid: world.newSid((text.media?.length ?? 0) > 0 ? 'MM' : 'SM'),
    media: (text.media ?? []).map((medium) => mediumOf(medium, world.newSid)),
    direction: 'inbound',
    status: 'received',
    messagingServiceSid: service?.sid,
    numSegments: segmentsOf(text.text, text.media?.length ?? 0),
    // A number that is in the pool only is the service's, as far as an app knows.
    ours: service !== undefined && account.number(number) === undefined ? service.sid : text.to,
  };
  store.add(message);
  world.changed(message);
  const kind = world.handlesOptOut ? handleOptOut(world, message) : undefined;
  const webhook = webhookOf(account, number, service);
  if (webhook === undefined) return { providerId: message.sid, answered: 0 };
  const parameters = inboundParameters(
    message,
    world.accountSid,
    (mediaSid) => world.mediaUrl(message.sid, mediaSid),
    service?.advancedOptOut ? kind : undefined,
  );
  return { providerId: message.sid, answered: await world.caller.call({ ...webhook, parameters }) };
}

/** A text to a messaging service comes in at the number of its pool that this person is texted from. */
function destination(
  account: Account,
  { to, from }: PhoneText,
): { number: string; service: AccountService | undefined } {
  const texted = account.service(to);
  const number = texted === undefined ? to : account.senderFor(texted, from);
  if (number === undefined || !account.owns(number)) {
    throw new ParleyError('error.platform.number.unknown', { number: maskAddress(to) });
  }
  return { number, service: texted ?? account.serviceOf(number) };
}

function webhookOf(account: Account, number: string, service: AccountService | undefined) {
  const own = account.number(number);
  const first = service?.useInboundWebhookOnNumber ? own : (service ?? own);
  const { inboundUrl: url, fallbackUrl } = first?.inboundUrl === undefined ? (own ?? {}) : first;
  return url === undefined ? undefined : { url, fallbackUrl };
}

/** Keeps the opt-out and answers in the number's name, as Twilio does before the webhook is called. */
function handleOptOut(world: PhoneWorld, message: EmulatedMessage): OptOutKind | undefined {
  const scope = optOutScope(message.to, world.account);
  const kind = optOutKind(message.body, message.to, world.optOuts.has(scope, message.from));
  if (kind === undefined) return undefined;
  if (kind !== 'help') world.optOuts.set(scope, message.from, kind === 'stop');
  const reply: EmulatedMessage = {
    ...textBetween(world, message.to, message.from, OPT_OUT_REPLIES[kind]),
    sid: world.newSid('SM'),
    direction: 'outbound-reply',
    status: 'delivered',
    messagingServiceSid: message.messagingServiceSid,
    dateSent: world.clock.now(),
    ours: message.ours,
  };
  world.store.add(reply);
  world.changed(reply);
  return kind;
}

function textBetween(world: PhoneWorld, from: string, to: string, body: string) {
  const now = world.clock.now();
  return {
    from,
    to,
    body,
    media: [],
    errorCode: undefined,
    statusCallback: undefined,
    numSegments: segmentsOf(body, 0),
    dateCreated: now,
    dateUpdated: now,
    dateSent: undefined,
    redacted: false,
  };
}

function mediumOf({ url, contentType }: Media, newSid: NewSid) {
  return { sid: newSid('ME'), contentType: contentType ?? guessContentType(url), url };
}

/** A message as the phone shows it. */
export function onHandset(message: EmulatedMessage): HandsetMessage {
  const inbound = message.direction === 'inbound';
  return {
    providerId: message.sid,
    direction: inbound ? 'inbound' : 'outbound',
    ours: message.ours as Address,
    theirs: (inbound ? message.from : message.to) as Address,
    text: message.body,
    media: message.media.map(({ url, contentType }) => ({ url, contentType })),
    at: message.dateCreated,
    providerStatus: message.status,
    ...(message.errorCode === undefined ? {} : { code: String(message.errorCode) }),
  };
}

/** Whether a message belongs to what a phone shows with this address of ours, be it a number or the service it is in. */
export function isBetween(message: EmulatedMessage, ours: string, theirs: string): boolean {
  const inbound = message.direction === 'inbound';
  if ((inbound ? message.from : message.to) !== theirs) return false;
  return (
    message.ours === ours || message.messagingServiceSid === ours || (inbound ? message.to : message.from) === ours
  );
}
