import type {
  Address,
  IncomingMessage,
  Media,
  MessageId,
  OutgoingMessage,
  SendReceipt,
  StatusReport,
  Transport,
} from '@parley/core';
import { type Clock, SendError, systemClock } from '@parley/core';

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

/** What the engine's webhook is given by the simulated carrier. */
export type CarrierWebhook =
  | { readonly kind: 'text'; readonly message: IncomingMessage }
  | { readonly kind: 'status'; readonly report: StatusReport };

/** A transport without a network: it hands texts to simulated phones and reports as real providers do. */
export class SimulatedCarrier implements Transport {
  readonly name = 'simulated';
  /** Every text that the carrier took, oldest first. */
  readonly accepted: { readonly message: OutgoingMessage; readonly receipt: SendReceipt }[] = [];
  readonly #received = new Map<Address, Received[]>();
  readonly #behaviour = new Map<Address, CarrierBehaviour>();
  /** Reports that are on their way to the webhook. */
  readonly #reports: StatusReport[] = [];
  #clock: Clock = systemClock;
  #sids = 0;

  behave(to: Address, behaviour: CarrierBehaviour): void {
    this.#behaviour.set(to, behaviour);
  }

  receivedBy(phone: Address): readonly Received[] {
    return this.#received.get(phone) ?? [];
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

  async send(message: OutgoingMessage): Promise<SendReceipt> {
    const behaviour = this.#behaviour.get(message.to) ?? { kind: 'deliver' };
    if (behaviour.kind === 'unreachable') throw new SendError('retry', 'ECONNREFUSED', 'nobody answers');
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

  async find(message: OutgoingMessage): Promise<SendReceipt | undefined> {
    return this.accepted.find((one) => one.message.id === message.id)?.receipt;
  }

  readonly webhooks: Transport['webhooks'] = {
    verify: () => {},
    parse(request) {
      const webhook = JSON.parse(Buffer.from(request.body).toString()) as CarrierWebhook;
      return {
        inbound: webhook.kind === 'text' ? [webhook.message] : [],
        statuses: webhook.kind === 'status' ? [webhook.report] : [],
        reply: { status: 204 },
      };
    },
  };

  async close(): Promise<void> {}

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
