import {
  type Address,
  Deadlines,
  type FetchedMedia,
  type FetchMediaOptions,
  type Found,
  type OutgoingMessage,
  type ProviderStatus,
  SendError,
} from '@parley/core';
import sdk from 'twilio';
import { type Create, createCreate } from './create.ts';
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
  readonly create: Create;
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
    create: createCreate(pool, credentials, settings, new Deadlines(settings.networkClock, settings.timeout)),

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
