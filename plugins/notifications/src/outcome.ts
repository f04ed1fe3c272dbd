import type { MessageId, MessageRecord } from '@parley/core';

/** What has become of a notification when its first answer is in. */
export type Outcome =
  /** The provider has taken it. */
  | { readonly outcome: 'sent' }
  /** It leaves at the moment that was asked for, milliseconds since the epoch. */
  | { readonly outcome: 'scheduled'; readonly until: number }
  /** A policy has put it off: until when, and why. It is checked again then. */
  | { readonly outcome: 'deferred'; readonly until: number; readonly code: string; readonly reason?: string }
  /** It will not be sent: a policy or the provider has refused it, or it was cancelled. */
  | { readonly outcome: 'refused'; readonly code: string; readonly reason: string }
  /** It is stored and will be sent; nothing more was known when the time to wait was over. With a code, nobody knows whether it was sent. */
  | { readonly outcome: 'pending'; readonly code?: string; readonly reason?: string };

/** What {@link Notifications.notify} resolves to. */
export type Notified = Outcome & {
  readonly message: MessageId;
  /** Of links that leave on their own: the ids of their messages. */
  readonly further: readonly MessageId[];
  /** How many segments carriers bill, all messages together. */
  readonly segments: number;
};

/**
 * The outcome that a record tells of; `undefined` while nothing has been decided.
 */
export function outcomeOf(record: MessageRecord): Outcome | undefined {
  const { status, providerId, error } = record;
  if (status === 'failed') return { outcome: 'refused', code: error?.code ?? 'unknown', reason: error?.reason ?? '' };
  if (status !== 'pending' || providerId !== undefined) return { outcome: 'sent' };
  if (error !== undefined) return { outcome: 'pending', code: error.code, reason: error.reason };
  return deferralOf(record);
}

/** Of several policies that put a message off the latest counts. */
function deferralOf({ history }: MessageRecord): Outcome | undefined {
  const verdicts = history.at(-1)?.verdicts?.filter(({ kind }) => kind === 'defer') ?? [];
  const latest = verdicts.reduce<(typeof verdicts)[number] | undefined>(
    (one, other) => (one === undefined || (other.until ?? 0) > (one.until ?? 0) ? other : one),
    undefined,
  );
  if (latest === undefined) return undefined;
  const { until = 0, code = latest.policy, reason } = latest;
  return { outcome: 'deferred', until, code, ...(reason === undefined ? {} : { reason }) };
}
