import {
  type Emulator,
  ParleyError,
  systemClock,
  type Transport,
  type TransportContext,
  type WebhookRequest,
} from '@parley/core';
import { type Api, createApi } from './api.ts';
import { createTwilioEmulator, type TwilioEmulator } from './emulator/emulator.ts';
import { refusedMedia } from './media-rules.ts';
import {
  type Credentials,
  noCredentials,
  type ResolvedOptions,
  resolveCredentials,
  resolveOptions,
  type TwilioOptions,
} from './options.ts';
import { providerError } from './provider-errors.ts';
import { createReceipts } from './receipts.ts';
import { statusUrl } from './status-report.ts';
import { createWebhooks } from './webhooks.ts';

/** What there is between `open` and `close`. */
interface Opened {
  /** Where the provider calls: signed over, and asked to report to. */
  readonly webhookUrl: string;
  readonly api: Api;
  readonly context: TransportContext;
  readonly tokens: readonly string[];
  readonly emulator: TwilioEmulator | undefined;
  /** Twilio refuses a message whose callback it can not reach. */
  readonly callbacks: boolean;
}

/**
 * Texts over Twilio: SMS, MMS and WhatsApp, from a number or a messaging service.
 *
 * ```ts
 * export default defineOrganization({
 *   name: 'Riverside Clinic',
 *   apps: [clinic],
 *   transports: { twilio: twilio() },
 *   storage: sqlite({ file: 'clinic.db' }),
 * });
 * ```
 *
 * Credentials come from `TWILIO_ACCOUNT_SID` and `TWILIO_AUTH_TOKEN`; without them `parley dev` runs an emulator of
 * Twilio in the same process. At Twilio, point the number's webhook at `<public URL>/webhooks/<transport>/inbound`.
 *
 * @throws `error.platform.config.malformed`; its `open` throws `error.platform.transport.no-credentials`.
 */
export function twilio(options: TwilioOptions = {}): Transport {
  const resolved = resolveOptions(options);
  const receipts = createReceipts();
  let opened: Opened | undefined;
  const use = (): Opened => {
    if (opened === undefined) throw new ParleyError('error.platform.engine.stopped');
    return opened;
  };
  const webhooks = createWebhooks(() => {
    const { context, webhookUrl, tokens } = use();
    return { url: webhookUrl, tokens, now: () => context.clock.now() };
  });

  return {
    name: 'twilio',

    async open(context) {
      if (opened !== undefined) return;
      opened = await open(resolved, context);
    },

    refuses: refusedMedia,

    async send(message, { signal }) {
      const { api, webhookUrl, callbacks } = use();
      const callback = callbacks ? statusUrl(webhookUrl, message.id) : undefined;
      const receipt = await api.create(message, callback, signal);
      receipts.remember(message.id, receipt);
      return receipt;
    },

    async find(message, { signal }) {
      const receipt = await use().api.find(message, receipts, signal);
      if (receipt !== undefined && receipt !== 'undecided') receipts.remember(message.id, receipt);
      return receipt;
    },

    status: (providerId, { signal }) => use().api.status(providerId, signal),

    inboundUrlOf: (address, { signal }) => use().api.inboundUrlOf(address, signal),

    fetchMedia: ({ url }, options) => use().api.fetchMedia(url, options),

    explain: providerError,

    webhooks: {
      verify: (request: WebhookRequest) => webhooks.verify(request),
      parse(request: WebhookRequest) {
        const parsed = webhooks.parse(request);
        for (const { messageId, update } of parsed.statuses) {
          if (messageId === undefined) continue;
          const { providerId, providerStatus = update.status } = update;
          receipts.remember(messageId, { providerId, providerStatus });
        }
        return parsed;
      },
    },

    emulator(): Emulator {
      const { emulator } = use();
      if (emulator !== undefined) return emulator;
      throw new ParleyError('error.platform.transport.no-emulator', { transport: 'twilio' });
    },

    async close() {
      const { api, emulator } = opened ?? {};
      opened = undefined;
      await api?.close();
      await emulator?.close();
    },
  };
}

async function open(options: ResolvedOptions, context: TransportContext): Promise<Opened> {
  const credentials = context.emulate === 'always' ? undefined : resolveCredentials(options, process.env);
  if (credentials === undefined) {
    if (context.emulate === 'never') throw noCredentials();
    return openEmulated(options, context);
  }
  const callbacks = options.baseUrl !== undefined || isPublic(context.webhookUrl);
  if (!callbacks) {
    context.log.warn(
      { url: context.webhookUrl },
      'Twilio can not call this server at its address, so nobody will learn what became of a message. Set publicUrl.',
    );
  }
  const { accountSid, authToken, previousAuthToken } = credentials;
  context.log.info({ account: `…${accountSid.slice(-4)}` }, 'Texting over Twilio');
  return {
    api: createApi(credentials, apiSettings(options, context)),
    context,
    webhookUrl: context.webhookUrl,
    tokens: previousAuthToken === undefined ? [authToken] : [authToken, previousAuthToken],
    emulator: undefined,
    callbacks,
  };
}

async function openEmulated(options: ResolvedOptions, context: TransportContext): Promise<Opened> {
  // Whatever serves at the public URL does not know this emulator.
  const { localWebhookUrl: webhookUrl } = context;
  const inboundUrl = `${webhookUrl}/inbound`;
  const emulator = await createTwilioEmulator({
    ...options.emulator,
    clock: context.clock,
    log: context.log,
    numbers: context.addresses.filter((address) => !address.startsWith('MG')).map((number) => ({ number, inboundUrl })),
    services: context.addresses.filter((address) => address.startsWith('MG')).map((sid) => ({ sid, inboundUrl })),
  });
  const credentials: Credentials = {
    accountSid: emulator.accountSid,
    authToken: emulator.authToken,
    previousAuthToken: undefined,
    apiKey: undefined,
  };
  context.log.info({ url: emulator.url }, 'Texting over an emulator of Twilio: no text leaves this computer');
  return {
    api: createApi(credentials, {
      ...apiSettings(options, context),
      edge: undefined,
      region: undefined,
      baseUrl: emulator.url,
    }),
    context,
    webhookUrl,
    tokens: [emulator.authToken],
    emulator,
    callbacks: true,
  };
}

function apiSettings(options: ResolvedOptions, { clock }: TransportContext) {
  const { edge, region, baseUrl, timeout, connectTimeout, connections } = options;
  return {
    edge,
    region,
    baseUrl,
    timeout,
    connectTimeout,
    connections,
    pageSize: 1_000,
    networkClock: systemClock,
    now: () => clock.now(),
  };
}

/** Whether Twilio, out on the internet, could call this address; it also takes no `_` in a host's name. */
function isPublic(url: string): boolean {
  const { hostname } = new URL(url);
  const local = /^(localhost|.*\.(localhost|local|internal|test)|127\..*|0\.0\.0\.0|10\..*|192\.168\..*|\[.*\])$/;
  return !local.test(hostname) && !hostname.includes('_') && hostname.includes('.');
}
