import { type Address, type ConversationKey, conversationKey, maskAddress } from './address.ts';
import type { AppRuntime } from './app-runtime.ts';
import type { MessageDelivered, MessageFailed } from './bot-events.ts';
import { ParleyError } from './errors.ts';
import type { MessageId, MessageRecord, MessageStatus } from './message.ts';
import type { Organization } from './organization.ts';
import type { PluginDriver } from './plugin-driver.ts';
import { Queues } from './queues.ts';
import type { Quieting } from './quieting.ts';
import { rawOf } from './raw-report.ts';
import type { Runtime } from './runtime.ts';
import { mergeStatus, type StatusUpdate } from './status.ts';
import type { IncomingMessage, StatusReport, WebhookReply, WebhookRequest } from './transport.ts';
import type { TurnEvent } from './turn.ts';
import type { TurnTaker } from './turn-taker.ts';

/** What there is to learn of a message; `raw` where the provider has told it by itself. */
type Learned = Pick<StatusReport, 'messageId' | 'update'> & Partial<Pick<StatusReport, 'raw'>>;

/** Takes in what providers send. */
export interface Inbox {
  /** Verifies, parses and commits one webhook, and gives what to answer. */
  receive(transport: string, request: WebhookRequest): Promise<WebhookReply>;
  /** Takes in what became of a message, whoever says so; a bot that wants to know is told. */
  learn(report: Learned): Promise<void>;
}

export interface InboxOptions {
  readonly organization: Organization;
  readonly apps: readonly AppRuntime[];
  readonly plugins: PluginDriver;
  readonly runtime: Runtime;
  readonly turn: TurnTaker;
  readonly announceStatus: (id: MessageId, status: MessageStatus) => void;
  readonly quieting: Quieting;
}

export function createInbox(options: InboxOptions): Inbox {
  const { organization, apps, plugins, runtime, turn, announceStatus, quieting } = options;
  const { storage, transports } = organization;
  const { clock, log } = runtime;
  // Interceptors and profiles take their time: texts of one person are taken in in the order in which they came.
  const texts = new Queues<ConversationKey>();
  const byAddress = new Map(apps.map((app) => [`${app.app.transport} ${app.app.address}`, app]));
  const ours = new Set(apps.map(({ app }) => app.address));

  async function takeInText(transport: string, incoming: IncomingMessage): Promise<void> {
    const app = appFor(transport, incoming.to);
    // Two bots that text each other never stop: a sender can be forged, or a notification be sent to the wrong number.
    if (ours.has(incoming.from))
      return log.warn(
        { from: maskAddress(incoming.from), app: app.app.id },
        'a text from a number of ours; nothing done',
      );
    const key = conversationKey(app.app.address, incoming.from);
    const message = recordOf(app, key, incoming);
    await texts.run(key, async () => {
      const claim = await plugins.intercept({ app: app.app, message: incoming });
      const [texted] = incoming.to;
      const event: TurnEvent = {
        ...{ kind: 'inbound', message },
        ...(claim === undefined ? {} : { claim }),
        ...(texted === app.app.address ? {} : { via: texted }),
      };
      const result = await turn(key, event, app, `${transport}:${incoming.providerId}`);
      if (result.kind === 'duplicate')
        log.info({ providerId: incoming.providerId }, 'the same text again; nothing done');
      // Once a person who wants no more texts has been answered, none leaves.
      if (claim?.cancel !== undefined && result.kind === 'taken') await quieting(result.document);
    });
  }

  function appFor(transport: string, to: readonly [Address, ...Address[]]): AppRuntime {
    for (const address of to) {
      const app = byAddress.get(`${transport} ${address}`);
      if (app !== undefined) return app;
    }
    throw new ParleyError('error.platform.number.unknown', { number: maskAddress(to[0]) });
  }

  function recordOf({ app }: AppRuntime, key: ConversationKey, incoming: IncomingMessage): MessageRecord {
    const at = clock.now();
    return {
      id: runtime.newId() as MessageId,
      conversation: key,
      app: app.id,
      direction: 'inbound',
      ours: app.address,
      theirs: incoming.from,
      text: incoming.text,
      media: incoming.media,
      origin: { kind: 'actor' },
      category: 'conversational',
      at,
      status: 'received',
      providerId: incoming.providerId,
      history: [],
    };
  }

  async function takeInStatus(report: Learned): Promise<void> {
    const { messageId } = report;
    const { messages } = storage;
    const before = await (messageId === undefined
      ? messages.getByProviderId(report.update.providerId)
      : messages.get(messageId));
    if (before === undefined)
      return log.info({ providerId: report.update.providerId }, 'a status of a message that is not ours');
    const update = withRaw(report, before);
    const after = mergeStatus(before, update);
    if (before === after) return;
    const told = before.status === after.status ? undefined : botToTell(after);
    if (told === undefined) {
      await messages.applyStatus(before.id, update);
      announceStatus(before.id, after.status);
    } else {
      const { app, journey, event } = told;
      const fate: TurnEvent = { kind: 'fate', update, journey, event };
      const result = await turn(before.conversation, fate, app, `${before.id}:${after.status}`);
      // The bot knows already; the provider may have said more than the first time.
      if (result.kind === 'duplicate') await messages.applyStatus(before.id, update);
    }
  }

  /** A bot that has a transition for what became of its text gets a turn for it; others cost nothing. */
  function botToTell(message: MessageRecord) {
    const { origin } = message;
    const event = fateOf(message);
    if (event === undefined || origin.kind !== 'bot') return undefined;
    const app = apps.find((one) => one.app.id === message.app);
    const hosted = app?.version(origin.bot, origin.version);
    return app !== undefined && hosted?.host.knows(event.type) ? { app, journey: origin.journey, event } : undefined;
  }

  return {
    async receive(name, request) {
      const transport = transports[name];
      if (transport === undefined) throw new ParleyError('error.platform.webhook.not-found');
      await transport.webhooks.verify(request);
      const { inbound, statuses, reply } = transport.webhooks.parse(request);
      for (const message of inbound) await takeInText(name, message);
      for (const report of statuses) await takeInStatus(report);
      return reply;
    },
    learn: takeInStatus,
  };
}

function fateOf({ id, status, error }: MessageRecord): MessageDelivered | MessageFailed | undefined {
  if (status === 'delivered') return { type: 'message.delivered', message: id };
  if (status === 'failed')
    return { type: 'message.failed', message: id, code: error?.code ?? '', reason: error?.reason ?? '' };
  return undefined;
}

/** The update with what is kept of the report that brought it. */
function withRaw({ update, raw }: Learned, record: MessageRecord): StatusUpdate {
  const kept = raw === undefined ? {} : rawOf(raw, { ...record, providerId: update.providerId });
  return Object.keys(kept).length === 0 ? update : { ...update, raw: kept };
}
