import {
  type Address,
  type FetchedMedia,
  type FetchMediaOptions,
  type Found,
  type OutgoingMessage,
  type ProviderStatus,
  SendError,
  type SendReceipt,
} from '@parley/core';
import sdk from 'twilio';
import type { MessageListInstanceCreateOptions } from 'twilio/lib/rest/api/v2010/account/message.js';
import { isService, type ListedMessage, pickMessage } from './find.ts';
import { type CallTrace, createPool, type HttpSettings, requestClient } from './http-client.ts';
import { inboundUrl, isMissing } from './inbound-url.ts';
import { fetchMedia } from './media.ts';
import type { Credentials } from './options.ts';
import { providerError } from './provider-errors.ts';
import type { Receipts } from './receipts.ts';
import { sendError } from './send-errors.ts';
import { parleyStatus } from './statuses.ts';

/** The part of Twilio's REST API that a transport needs, with failures told apart by what they mean for a message. */
export interface Api {
  /** @throws SendError */
  create(message: OutgoingMessage, statusCallback: string | undefined, signal: AbortSignal): Promise<SendReceipt>;
  /** @throws SendError */
  find(message: OutgoingMessage, receipts: Receipts, signal: AbortSignal): Promise<Found>;
  /** @throws SendError */
  status(sid: string, signal: AbortSignal): Promise<ProviderStatus | undefined>;
  /** Where Twilio sends the texts that come to an address of ours. @throws SendError */
  inboundUrlOf(address: Address, signal: AbortSignal): Promise<string | undefined>;
  /** @throws `error.platform.media.refused`, `error.platform.media.too-large`, `error.platform.media.unavailable` */
  fetchMedia(url: string, options: FetchMediaOptions): Promise<FetchedMedia>;
  close(): Promise<void>;
}

export interface ApiSettings extends HttpSettings {
  readonly edge: string | undefined;
  readonly region: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How many messages are listed at once; the most that Twilio does is 1,000. */
  readonly pageSize: number;
}

/** Nobody gets this many texts in the 400 days that Twilio keeps them; a listing that does not end is no answer. */
const MOST_PAGES = 50;

export function createApi(credentials: Credentials, settings: ApiSettings): Api {
  const pool = createPool(settings);

  async function call<Answer>(signal: AbortSignal, work: (client: sdk.Twilio) => Promise<Answer>): Promise<Answer> {
    const trace: CallTrace = { timedOut: false, begun: false };
    const { apiKey, accountSid, authToken } = credentials;
    try {
      const client = sdk(apiKey?.sid ?? accountSid, apiKey?.secret ?? authToken, {
        accountSid,
        httpClient: requestClient(pool, settings, signal, trace),
        ...(settings.edge === undefined ? {} : { edge: settings.edge }),
        ...(settings.region === undefined ? {} : { region: settings.region }),
      });
      return await work(client);
    } catch (error) {
      throw sendError(error, trace);
    }
  }

  return {
    async create(message, statusCallback, signal) {
      const created = await call(signal, (client) =>
        client.messages.create(createOptions(message, statusCallback, settings.now())),
      );
      // Taken and failed at once is no success, and trying again would be a second message.
      if (parleyStatus(created.status) === 'failed') {
        throw new SendError(
          'refused',
          String(created.errorCode ?? created.status),
          'Twilio took the message and failed it at once.',
        );
      }
      return { providerId: created.sid, providerStatus: created.status };
    },

    async find(message, receipts, signal) {
      const known = receipts.of(message.id);
      if (known !== undefined) return known;
      const found = pickMessage(message, await list(call, message, settings.pageSize, signal), (sid) =>
        receipts.belongsToAnother(sid, message.id),
      );
      if (found === undefined || found === 'undecided') return found;
      return { providerId: found.sid, providerStatus: found.status, status: parleyStatus(found.status) };
    },

    async status(sid, signal) {
      try {
        const { status, errorCode } = await call(signal, (client) => client.messages(sid).fetch());
        const code = errorCode === null || errorCode === undefined ? {} : failureOf(String(errorCode));
        return { status: parleyStatus(status), providerStatus: status, ...code };
      } catch (error) {
        // Twilio forgets messages after 400 days.
        if (isMissing(error)) return undefined;
        throw error;
      }
    },

    inboundUrlOf: (address, signal) => inboundUrl(call, address, signal),

    fetchMedia: (url, options) => fetchMedia(url, options, { pool, credentials, baseUrl: settings.baseUrl }),

    close: () => pool.destroy(),
  };
}

/** A code of Twilio's, and what it means. */
function failureOf(code: string): Pick<ProviderStatus, 'code' | 'reason'> {
  return { code, reason: providerError(code)?.meaning ?? 'Twilio gave no reason that is known.' };
}

function createOptions(
  message: OutgoingMessage,
  statusCallback: string | undefined,
  now: number,
): MessageListInstanceCreateOptions {
  return {
    to: message.to,
    ...senderOf(message),
    ...(message.deadline === undefined ? {} : { validityPeriod: validity(message.deadline - now) }),
    ...(message.text === '' ? {} : { body: message.text }),
    ...(message.media.length === 0 ? {} : { mediaUrl: message.media.map((media) => media.url) }),
    ...(statusCallback === undefined ? {} : { statusCallback }),
  };
}

/** A person who has texted one number of a service hears from the same. */
function senderOf({
  from,
  via,
}: OutgoingMessage): Pick<MessageListInstanceCreateOptions, 'from' | 'messagingServiceSid'> {
  if (!isService(from)) return { from };
  return { messagingServiceSid: from, ...(via === undefined ? {} : { from: via }) };
}

/** How long Twilio may keep a message in its queues, in seconds: 1 to 36,000 (docs/reference/twilio.md). */
function validity(left: number): number {
  return Math.min(36_000, Math.max(1, Math.round(left / 1000)));
}

/**
 * Everything that Twilio has for this recipient and sender. Without a filter by date: a message still queued has no
 * date of sending, and would be missed, and nothing says where in the order it is listed.
 */
async function list(
  call: <Answer>(signal: AbortSignal, work: (client: sdk.Twilio) => Promise<Answer>) => Promise<Answer>,
  message: OutgoingMessage,
  pageSize: number,
  signal: AbortSignal,
): Promise<readonly ListedMessage[]> {
  const filter = { to: message.to, ...(isService(message.from) ? {} : { from: message.from }) };
  const listed: ListedMessage[] = [];
  let next: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const url: string | undefined = next;
    const answer = await call(signal, (client) =>
      url === undefined ? client.messages.page({ ...filter, pageSize }) : client.messages.getPage(url),
    );
    listed.push(...answer.instances);
    next = answer.nextPageUrl;
    if (next === undefined) return listed;
  }
  throw new SendError('unknown', 'error.platform.send.interrupted', 'The listing of this recipient does not end.');
}
