import type { Counts } from '@parley/api';
import { formatShare } from '../../lib/format.ts';

export type Status = keyof Counts;

/** What became of texts that were to leave. */
export const OUTBOUND = ['delivered', 'sent', 'pending', 'failed'] as const satisfies readonly Status[];

export const ALL = ['received', ...OUTBOUND] as const satisfies readonly Status[];

export const WORDS: Readonly<Record<Status, string>> = {
  ...{ received: 'Received', delivered: 'Delivered', sent: 'Sent', pending: 'Pending', failed: 'Failed' },
};

export function outboundOf({ delivered, sent, pending, failed }: Counts): number {
  return delivered + sent + pending + failed;
}

/** Of the texts whose end is known, the share that arrived. `undefined` where none is known. */
export function deliveryRate({ delivered, failed }: Counts): number | undefined {
  return delivered + failed === 0 ? undefined : delivered / (delivered + failed);
}

export function rateText(counts: Counts): string {
  const rate = deliveryRate(counts);
  return rate === undefined ? '–' : formatShare(rate);
}
