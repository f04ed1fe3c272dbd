import {
  address,
  conversationKey,
  type MessageId,
  ParleyError,
  type PluginContext,
  type StatusReport,
  type TransportWebhooks,
  type WebhookRequest,
} from '@parley/core';
import type { Allowances } from './allowance.ts';
import { readJson, seenSchema, textSchema } from './frames.ts';
import { providerIdOf } from './history.ts';
import type { ClientFrame } from './protocol.ts';
import { CHANNEL, type Tokens, type Visitor } from './visitors.ts';

/** What webhooks have to know of their chat. */
export interface WebhookSettings {
  readonly tokens: Tokens;
  /** How much visitors may send. */
  readonly texts: Allowances;
  readonly messages: Pick<PluginContext['messages'], 'get'>;
  readonly longestText: number;
  readonly now: () => number;
}

type Text = Extract<ClientFrame, { type: 'text' }>;
type Seen = Extract<ClientFrame, { type: 'seen' }>;

/**
 * `POST /inbound` takes a text and `POST /seen` a receipt: the frames of these names, from who shows their token as a bearer. Sockets hand
 * their frames in here as well, so that there is one way in.
 *
 * @param settings throws while the chat is not open.
 */
export function createWebhooks(settings: () => WebhookSettings): TransportWebhooks {
  return {
    async verify(request) {
      if (request.method !== 'POST') throw new ParleyError('error.platform.webhook.method');
      const { tokens, texts, messages } = settings();
      const visitor = visitorOf(request, tokens);
      if (request.path === '/inbound') {
        const wait = texts.take(visitor.address);
        if (wait !== undefined) throw tooFast(wait);
      }
      if (request.path === '/seen') await requireOwn(readSeen(request), visitor, messages);
    },

    parse(request) {
      const { tokens, longestText, now } = settings();
      const visitor = visitorOf(request, tokens);
      const reply = { status: 204 };
      switch (request.path) {
        case '/inbound': {
          const { id, text, media = [] } = readText(request, longestText);
          const message = {
            providerId: providerIdOf(visitor.address, id),
            from: visitor.address,
            to: [chatOf(visitor)] as const,
            ...{ text, media, raw: {} },
          };
          return { inbound: [message], statuses: [], reply };
        }
        case '/seen': {
          const at = now();
          return { inbound: [], statuses: readSeen(request).ids.map((id) => reportOf(id as MessageId, at)), reply };
        }
        default:
          throw new ParleyError('error.platform.webhook.not-found');
      }
    },
  };
}

function reportOf(messageId: MessageId, at: number): StatusReport {
  const providerId = receiptIdOf(messageId);
  return {
    messageId,
    update: { status: 'delivered', providerStatus: 'delivered', providerId, at, source: 'callback' },
    raw: {},
  };
}

/** The provider id of a message of ours: one per message, however often it is sent. */
export function receiptIdOf(message: string): string {
  return `web-chat/${message}`;
}

export function tooFast(wait: number): ParleyError {
  return new ParleyError('error.platform.web-chat.too-fast', { seconds: Math.ceil(wait / 1_000) });
}

function visitorOf({ headers }: WebhookRequest, tokens: Tokens): Visitor {
  const { authorization } = headers;
  const token = typeof authorization === 'string' ? /^Bearer (.+)$/.exec(authorization)?.[1] : undefined;
  if (token === undefined) throw new ParleyError('error.platform.webhook.unsigned');
  const visitor = tokens.read(token);
  if (visitor === undefined) throw new ParleyError('error.platform.web-chat.token-refused');
  return visitor;
}

function chatOf({ app }: Visitor) {
  return address(CHANNEL + app);
}

/** A visitor may only speak of messages that were sent to them. */
async function requireOwn({ ids }: Pick<Seen, 'ids'>, visitor: Visitor, messages: WebhookSettings['messages']) {
  const key = conversationKey(chatOf(visitor), visitor.address);
  const records = await Promise.all(ids.map((id) => messages.get(id as MessageId)));
  const isOwn = records.every((record) => record?.conversation === key && record.direction === 'outbound');
  if (!isOwn) throw malformed('it names a message that was not sent to this visitor');
}

function readText({ body }: WebhookRequest, longest: number): Omit<Text, 'type'> {
  const parsed = textSchema.safeParse(jsonOf(body));
  if (!parsed.success) throw malformed('its body is no text of a visitor');
  const { id, text, media } = parsed.data;
  if (text.length > longest) throw malformed(`a text has ${longest} characters at most`);
  if (text.trim() === '' && (media ?? []).length === 0) throw malformed('the text is empty');
  return { id, text, ...(media === undefined ? {} : { media: media as NonNullable<Text['media']> }) };
}

function readSeen({ body }: WebhookRequest): Pick<Seen, 'ids'> {
  const parsed = seenSchema.safeParse(jsonOf(body));
  if (!parsed.success) throw malformed('its body names no messages');
  return parsed.data;
}

function jsonOf(body: Uint8Array): unknown {
  return readJson(Buffer.from(body).toString());
}

function malformed(problem: string): ParleyError {
  return new ParleyError('error.platform.webhook.malformed', { problem });
}
