import type { MessageStatus, WebhookRequest } from '@parley/core';
import { type CarrierWebhook, SimulatedCarrier } from './simulated-carrier.ts';
import { transportContract } from './transport-contract/index.ts';

const STATUSES: Readonly<Record<string, MessageStatus>> = {
  queued: 'pending',
  sent: 'sent',
  delivered: 'delivered',
  undelivered: 'failed',
};

transportContract('SimulatedCarrier', {
  statuses: STATUSES,
  media: true,
  codes: ['21610', '30003', '30007', '30008'],
  cannot: ['lose-answer', 'hang', 'down'],
  without: { forging: 'Simulations make its webhooks, and nobody can reach them.' },

  async start({ clock, theirs }) {
    const carrier = new SimulatedCarrier();
    await carrier.open({ clock });
    const faults = {
      refuse: { kind: 'refuse', code: '21610' },
      busy: { kind: 'unreachable' },
      'lose-request': { kind: 'unreachable' },
    } as const;
    return {
      // It is its own provider.
      create: () => carrier,
      taken: () =>
        carrier.accepted.map(({ message: { from, to, text, media }, receipt: { providerId } }) => ({
          ...{ providerId, from, to, text },
          media: media.map(({ url }) => url),
        })),
      fail(fault) {
        if (fault in faults) carrier.behaveOnce(theirs, faults[fault as keyof typeof faults]);
      },
      heal: () => carrier.behave(theirs, { kind: 'deliver' }),
      textRequest: ({ number, from, to, text, media }, unknown = {}) =>
        request({ kind: 'text', message: { providerId: `IN${number}`, from, to: [to], text, media, raw: unknown } }),
      reportRequest({ message, providerId, word }, unknown = {}) {
        const status = Object.hasOwn(STATUSES, word) ? (STATUSES[word] as MessageStatus) : 'pending';
        const failure = status === 'failed' ? { code: '30003', reason: 'The handset is off.' } : {};
        const update = { providerId, status, providerStatus: word, at: clock.now(), source: 'callback', ...failure };
        return request({ kind: 'status', report: { messageId: message.id, update, raw: unknown } });
      },
    };
  },
});

function request(webhook: CarrierWebhook): WebhookRequest {
  return { method: 'POST', path: `/${webhook.kind}`, headers: {}, body: Buffer.from(JSON.stringify(webhook)) };
}
