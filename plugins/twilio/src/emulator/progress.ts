import type { TwilioStatus } from '../statuses.ts';
import { outcomeOf } from './magic.ts';
import type { ResolvedEmulatorOptions } from './settings.ts';

/** One step of a message's way. */
export interface ProgressStep {
  /** Milliseconds after the step before. */
  readonly after: number;
  readonly status: TwilioStatus;
  readonly errorCode?: number;
  /** Whether the carrier dates it (`RawDlrDoneDate`). */
  readonly fromCarrier?: boolean;
}

/** Where a message starts: waiting for a time, for a service to choose a number, or in the queue. */
export type InitialStatus = 'scheduled' | 'accepted' | 'queued';

/** `RawDlrDoneDate` has no finer time than a minute: the later of two reports has to be one later to count. */
const CHANGE_OF_MIND = 120_000;

/** Plans a message's way from its first status to its last. */
export function planProgress(
  first: InitialStatus,
  to: string,
  wait: number,
  latency: ResolvedEmulatorOptions['latency'],
  random: () => number,
): readonly ProgressStep[] {
  const vary = (time: number): number => Math.round(time * (1 + latency.spread * (random() - 0.5)));
  const queued: readonly ProgressStep[] =
    first === 'queued' ? [] : [{ after: first === 'scheduled' ? wait : vary(latency.sending), status: 'queued' }];
  return [
    ...queued,
    { after: vary(latency.sending), status: 'sending' },
    ...ending(to, vary(latency.sent), vary(latency.outcome)),
  ];
}

function ending(to: string, sent: number, later: number): readonly ProgressStep[] {
  const outcome = outcomeOf(to);
  const handedOver: ProgressStep = { after: sent, status: 'sent' };
  switch (outcome.kind) {
    case 'delivered':
      return [handedOver, { after: later, status: 'delivered', fromCarrier: true }];
    case 'unconfirmed':
      return [handedOver];
    case 'undelivered':
      return [handedOver, { after: later, status: 'undelivered', errorCode: outcome.errorCode, fromCarrier: true }];
    case 'failed':
      return [{ after: sent, status: 'failed', errorCode: outcome.errorCode }];
    case 'late':
      return [
        handedOver,
        { after: later, status: 'undelivered', errorCode: outcome.errorCode, fromCarrier: true },
        { after: CHANGE_OF_MIND, status: 'delivered', fromCarrier: true },
      ];
  }
}

/** A carrier's date as callbacks bring it: `YYMMDDhhmm`. */
export function carrierDate(time: number): string {
  return new Date(time).toISOString().replace(/\D/g, '').slice(2, 12);
}
