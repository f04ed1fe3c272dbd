import type {
  Address,
  Explanation,
  Found,
  IncomingMessage,
  Media,
  MessageId,
  OutgoingMessage,
  ProviderStatus,
  SendOptions,
  SendReceipt,
  StatusReport,
  Transport,
} from '@parley/core';
import { type Clock, isAddress, ParleyError, SendError, systemClock } from '@parley/core';
import type { PhoneEvent } from './transcript.ts';

/** A text as the person's phone got it. */
export interface Received {
  readonly text: string;
  readonly media: readonly Media[];
  readonly from: Address;
  /** Milliseconds since the epoch, by the simulation's clock. */
  readonly at: number;
}

/** What a carrier does with the texts to one number. */
export type CarrierBehaviour =
  | { readonly kind: 'deliver' }
  /** The provider refuses at once (`21211`, `21610` …). */
  | { readonly kind: 'refuse'; readonly code: string }
  /** Accepted, and undeliverable later (`30003` …). */
  | { readonly kind: 'lose'; readonly code: string }
  /** Accepted, and never heard of again. */
  | { readonly kind: 'silent' }
  /** Nobody answers. */
  | { readonly kind: 'unreachable' };

type TakenBehaviour = Exclude<CarrierBehaviour, { kind: 'unreachable' }>;

/** What becomes of a text in the eyes of whoever holds the phone. */
const FATES = {
  deliver: 'got',
  refuse: 'refused',
  lose: 'lost',
  silent: 'silent',
} as const satisfies Record<TakenBehaviour['kind'], PhoneEvent['kind']>;

/** What the engine's webhook is given by the simulated carrier. */
export type CarrierWebhook =
  | { readonly kind: 'text'; readonly message: IncomingMessage }
  | { readonly kind: 'status'; readonly report: StatusReport };

const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  '21610': { meaning: 'The recipient has opted out.', advice: 'Do not text again.', retry: 'never' },
  '30003': { meaning: 'The handset is off or out of reach.', advice: 'Try a few times over hours.', retry: 'later' },
  '30007': { meaning: 'The carrier filtered the text.', advice: 'Look at the content.', retry: 'never' },
  '30008': { meaning: 'The carrier gave no reason.', advice: 'Try once or twice, later.', retry: 'later' },
};

/** What a carrier knows at one moment. */
export interface SavedCarrier {
  readonly accepted: SimulatedCarrier['accepted'];
  readonly received: ReadonlyMap<Address, readonly Received[]>;
  readonly behaviour: ReadonlyMap<Address, CarrierBehaviour>;
  readonly exceptions: ReadonlyMap<Address, readonly CarrierBehaviour[]>;
  readonly seen: readonly PhoneEvent[];
  readonly sids: number;
}

/** A transport without a network: it hands texts to simulated phones and reports as real providers do. */
export class SimulatedCarrier implements Transport {
  readonly name = 'simulated';
  /** Every text that the carrier took, oldest first. */
  readonly accepted: { readonly message: OutgoingMessage; readonly receipt: SendReceipt }[];
  readonly #received: Map<Address, readonly Received[]>;
  readonly #behaviour: Map<Address, CarrierBehaviour>;
  readonly #exceptions: Map<Address, readonly CarrierBehaviour[]>;
  readonly #seen: PhoneEvent[];
  /** Reports that are on their way to the webhook. */
  readonly #reports: StatusReport[] = [];
  #clock: Clock = systemClock;
  #sids: number;

  /** @param saved what an earlier carrier knew. Default: nothing. */
  constructor(saved?: SavedCarrier) {
    this.accepted = [...(saved?.accepted ?? [])];
    this.#received = new Map(saved?.received);
    this.#behaviour = new Map(saved?.behaviour);
    this.#exceptions = new Map(saved?.exceptions);
    this.#seen = [...(saved?.seen ?? [])];
    this.#sids = saved?.sids ?? 0;
  }

  behave(to: Address, behaviour: CarrierBehaviour): void {
    this.#behaviour.set(to, behaviour);
  }

  /** Does so with the next text to a number only; with those after it, as it is told several times. */
  behaveOnce(to: Address, behaviour: CarrierBehaviour): void {
    this.#exceptions.set(to, [...(this.#exceptions.get(to) ?? []), behaviour]);
  }

  /** What another carrier can go on from; reports that are on their way are not in it. */
  save(): SavedCarrier {
    return {
      accepted: [...this.accepted],
      received: new Map(this.#received),
      behaviour: new Map(this.#behaviour),
      exceptions: new Map(this.#exceptions),
      seen: [...this.#seen],
      sids: this.#sids,
    };
  }

  receivedBy(phone: Address): readonly Received[] {
    return this.#received.get(phone) ?? [];
  }

  /** All that phones have seen, and what was meant for them, oldest first. */
  get seen(): readonly PhoneEvent[] {
    return this.#seen;
  }

  /** Writes down that a person texts. */
  texted(phone: Address, ours: Address, text: string, media: readonly Media[]): void {
    this.#seen.push({ at: this.#clock.now(), phone, ours, kind: 'texted', text, media });
  }

  /** Takes what there is to report. */
  takeReports(): readonly StatusReport[] {
    return this.#reports.splice(0);
  }

  nextProviderId(): string {
    this.#sids += 1;
    return `SM${String(this.#sids).padStart(32, '0')}`;
  }

  async open({ clock }: { readonly clock: Clock }): Promise<void> {
    this.#clock = clock;
  }

  async send(message: OutgoingMessage, { signal }: SendOptions): Promise<SendReceipt> {
    signal.throwIfAborted();
    const behaviour = this.#takeBehaviour(message.to);
    if (behaviour.kind === 'unreachable') throw new SendError('retry', 'ECONNREFUSED', 'nobody answers');
    this.#meantFor(message, behaviour);
    if (behaviour.kind === 'refuse') throw new SendError('refused', behaviour.code, 'the carrier refuses');
    const receipt = { providerId: this.nextProviderId(), providerStatus: 'queued' };
    this.accepted.push({ message, receipt });
    if (behaviour.kind === 'silent') return receipt;
    this.#report(message.id, receipt.providerId, { status: 'sent', providerStatus: 'sent' });
    if (behaviour.kind === 'lose') {
      const { code } = behaviour;
      this.#report(message.id, receipt.providerId, {
        status: 'failed',
        providerStatus: 'undelivered',
        code,
        reason: 'not delivered',
      });
      return receipt;
    }
    this.#report(message.id, receipt.providerId, { status: 'delivered', providerStatus: 'delivered' });
    const { text, media, from, to } = message;
    this.#received.set(to, [...this.receivedBy(to), { text, media, from, at: this.#clock.now() }]);
    return receipt;
  }

  async find(message: OutgoingMessage): Promise<Found> {
    return this.accepted.find((one) => one.message.id === message.id)?.receipt;
  }

  /** What happened to a text: of one that was kept silent about, what would happen to it now. */
  async status(providerId: string): Promise<ProviderStatus | undefined> {
    const known = this.accepted.find(({ receipt }) => receipt.providerId === providerId);
    if (known === undefined) return undefined;
    const behaviour = this.#behaviour.get(known.message.to) ?? { kind: 'deliver' };
    switch (behaviour.kind) {
      case 'deliver':
        return { status: 'delivered', providerStatus: 'delivered' };
      case 'lose':
        return { status: 'failed', providerStatus: 'undelivered', code: behaviour.code, reason: 'not delivered' };
      default:
        return { status: 'pending', providerStatus: 'queued' };
    }
  }

  /** Codes of Twilio that bots and plugins are tested with. */
  explain(code: string): Explanation | undefined {
    return Object.hasOwn(EXPLANATIONS, code) ? EXPLANATIONS[code] : undefined;
  }

  readonly webhooks: Transport['webhooks'] = {
    verify: () => {},
    parse(request) {
      const webhook = readWebhook(request.body);
      return {
        inbound: webhook.kind === 'text' ? [webhook.message] : [],
        statuses: webhook.kind === 'status' ? [webhook.report] : [],
        reply: { status: 204 },
      };
    },
  };

  async close(): Promise<void> {}

  #meantFor({ to, from, text, media }: OutgoingMessage, behaviour: TakenBehaviour): void {
    const { kind, code } = { code: undefined, ...behaviour };
    const fate = FATES[kind];
    this.#seen.push({
      ...{ at: this.#clock.now(), phone: to, ours: from, kind: fate, text, media },
      ...(code === undefined ? {} : { code }),
    });
  }

  #takeBehaviour(to: Address): CarrierBehaviour {
    const [exception, ...later] = this.#exceptions.get(to) ?? [];
    if (exception === undefined) return this.#behaviour.get(to) ?? { kind: 'deliver' };
    this.#exceptions.set(to, later);
    return exception;
  }

  #report(
    messageId: MessageId,
    providerId: string,
    update: Omit<StatusReport['update'], 'at' | 'source' | 'providerId'>,
  ): void {
    this.#reports.push({
      messageId,
      update: { ...update, providerId, at: this.#clock.now(), source: 'callback' },
      raw: {},
    });
  }
}

/** @throws `error.platform.webhook.malformed` for what no simulation makes. */
function readWebhook(body: Uint8Array): CarrierWebhook {
  try {
    const webhook = JSON.parse(Buffer.from(body).toString()) as CarrierWebhook;
    if (webhook.kind === 'text' ? isText(webhook.message) : isReport(webhook.report)) return webhook;
  } catch {
    // The words of such an error quote what could not be read.
  }
  throw new ParleyError('error.platform.webhook.malformed', { problem: 'no simulation has made it' });
}

function isText({ providerId, from, to, text, media }: IncomingMessage): boolean {
  return isFilled(providerId) && [from, ...to].every(isAddress) && typeof text === 'string' && Array.isArray(media);
}

function isReport({ update: { providerId, status } }: StatusReport): boolean {
  return isFilled(providerId) && isFilled(status);
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
