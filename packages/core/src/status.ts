import type { ErrorCode } from './errors.ts';
import type { MessageRecord, MessageStatus, PolicyVerdict, StatusEntry } from './message.ts';

/**
 * What somebody reports of a message: a provider's callback, the answer to a send, a policy's refusal.
 * Applying one never moves a message backwards: see {@link mergeStatus}.
 */
export interface StatusUpdate {
  readonly status: MessageStatus;
  /** The provider's own word for it (`queued`, `undelivered` …). */
  readonly providerStatus?: string;
  readonly providerId?: string;
  /** Milliseconds since the epoch at which we learned of it. */
  readonly at: number;
  /** Who said so: `engine`, `policy`, or the provider: `send`, `callback`, `find`, and `asked` when it was asked. */
  readonly source: string;
  /** A registry code or the provider's own, when the update is bad news. */
  readonly code?: string;
  readonly reason?: string;
  /** The carrier's own time of the outcome, only good for ordering; sorts as a string. */
  readonly carrierDate?: string;
  /** What policies said, when they were asked. */
  readonly verdicts?: readonly PolicyVerdict[];
  /** What the provider's report had in it, parameter by parameter, but not who it is about and what it said. */
  readonly raw?: Readonly<Record<string, string>>;
  /** The text as it left, where plugins had rewritten it. */
  readonly sentText?: string;
}

/**
 * How far along each provider status is. Source: Twilio's status values, ranked so that callbacks can arrive in
 * any order (facts in docs/reference/twilio.md). Statuses that are not listed rank with their Parley status.
 */
const PROVIDER_RANK: Readonly<Record<string, number>> = {
  scheduled: 0,
  accepted: 1,
  queued: 2,
  sending: 3,
  sent: 4,
  partially_delivered: 5,
  delivered: 6,
  undelivered: 6,
  failed: 6,
  canceled: 6,
  read: 7,
};

const STATUS_RANK: Readonly<Record<MessageStatus, number>> = {
  received: 7,
  pending: 0,
  sent: 2,
  delivered: 6,
  failed: 6,
};

/** How far a message can be by the provider's word before its Parley status says so. */
const HIGHEST_RANK: Readonly<Record<MessageStatus, number>> = {
  received: 7,
  pending: 3,
  sent: 5,
  delivered: 7,
  failed: 6,
};

/** A policy that defers to another moment whenever it is asked shall not fill the record. */
const MOST_DEFERRALS = 20;

const IN_DOUBT = 'error.platform.send.in-doubt' satisfies ErrorCode;

function rank({ status, providerStatus }: Pick<MessageRecord, 'status' | 'providerStatus'>): number {
  const known = providerStatus === undefined ? undefined : PROVIDER_RANK[providerStatus];
  return Math.min(known ?? STATUS_RANK[status], HIGHEST_RANK[status]);
}

/** Whether the update says more than what is known: a higher rank, or a later change of mind of the carrier. */
function advances(record: MessageRecord, update: StatusUpdate): boolean {
  const now = rank(record);
  const next = rank(update);
  if (next !== now) return next > now;
  if (update.status === record.status) return isNewDoubt(record, update) || isNewVerdict(record, update);
  const undone = record.status === 'failed' && update.status === 'delivered';
  const before = record.history.findLast((entry) => entry.status === record.status)?.carrierDate;
  return undone && update.carrierDate !== undefined && before !== undefined && update.carrierDate > before;
}

/** A doubt does not move a message, and is written down once unless the provider's id of it is known. */
function isNewDoubt({ providerId, error }: MessageRecord, { status, code }: StatusUpdate): boolean {
  return status === 'pending' && code === IN_DOUBT && providerId === undefined && error?.code !== IN_DOUBT;
}

/** A deferral does not move a message, and is written down as often as it changes. */
function isNewVerdict({ history }: MessageRecord, { status, verdicts }: StatusUpdate): boolean {
  if (status !== 'pending' || verdicts === undefined) return false;
  const deferrals = history.filter((entry) => entry.verdicts !== undefined);
  return deferrals.length < MOST_DEFERRALS && !isSameJson(deferrals.at(-1)?.verdicts, verdicts);
}

function isSameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * Applies an update to a message: moves it forward or leaves it where it is, in whatever order updates come and
 * however often. Returns the same record when the update says nothing new.
 */
export function mergeStatus(record: MessageRecord, update: StatusUpdate): MessageRecord {
  const { providerId, sentText, ...entry } = update;
  const known = withWhatStays(record, { providerId, sentText });
  if (!advances(record, update)) return known;
  const history: readonly StatusEntry[] = [...record.history, entry];
  // What is not in the update is of the past: the provider's word, and why it had failed.
  const { error: _error, providerStatus: _providerStatus, ...rest } = known;
  return {
    ...rest,
    status: update.status,
    ...(update.providerStatus === undefined ? {} : { providerStatus: update.providerStatus }),
    ...(update.code === undefined ? {} : { error: { code: update.code, reason: update.reason ?? '' } }),
    history,
  };
}

/** What is learned once, whatever came first: a report may overtake the answer to the send that it is about. */
function withWhatStays(
  record: MessageRecord,
  { providerId, sentText }: { readonly [Key in 'providerId' | 'sentText']: string | undefined },
): MessageRecord {
  const learned = {
    ...(record.providerId === undefined && providerId !== undefined ? { providerId } : {}),
    ...(record.sentText === undefined && sentText !== undefined ? { sentText } : {}),
  };
  return Object.keys(learned).length === 0 ? record : { ...record, ...learned };
}
