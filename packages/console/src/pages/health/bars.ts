import type { Counts, Health } from '@parley/api';
import { formatClock, formatMoment } from '../../lib/format.ts';
import { ALL, OUTBOUND, type Status } from './counts.ts';
import { dayText, wholeDayText } from './span.ts';

/** A day or an hour of the chart. */
export interface Bar {
  readonly at: number;
  /** Below it. */
  readonly label: string;
  /** When one points at it, and in the table. */
  readonly name: string;
  readonly counts: Counts;
}

/** Hours where they are told apart, else days; not those that are still to come. */
export function barsOf({ hours, days }: Health, now: number): readonly Bar[] {
  if (hours !== undefined) {
    return hours.map(({ hour, ...counts }) => ({
      ...{ at: hour, label: formatClock(hour), name: formatMoment(hour, now), counts },
    }));
  }
  return days
    .filter(({ day }) => day <= now)
    .map(({ day, ...counts }) => ({ ...{ at: day, label: dayText(day), name: wholeDayText(day), counts } }));
}

/** From the bottom of a bar to its top. */
const STACKED: readonly Status[] = OUTBOUND;

/** As they are drawn: the highest first, the lower ones over it, so that each shows what is its own; what came in is a line. */
export const DRAWN = [...STACKED.toReversed(), 'received'] as const satisfies readonly Status[];

/** Positions, then a list for each of {@link DRAWN}: what is hidden takes no room. */
export function columnsOf(bars: readonly Bar[], hidden: ReadonlySet<Status>): [number[], ...(number | null)[][]] {
  const shown = (counts: Counts, status: Status): number => (hidden.has(status) ? 0 : counts[status]);
  const columns = DRAWN.map((status) =>
    bars.map(({ counts }) => {
      if (hidden.has(status)) return null;
      if (status === 'received') return counts.received;
      const below = STACKED.slice(0, STACKED.indexOf(status) + 1);
      return below.reduce((all, one) => all + shown(counts, one), 0);
    }),
  );
  return [bars.map((_, index) => index), ...columns];
}

/** What the chart shows, for those who do not see it. */
export function summaryOf(bars: readonly Bar[]): string {
  const [first, last] = [bars[0]?.name ?? '', bars.at(-1)?.name ?? ''];
  const sums = ALL.map((status) => `${bars.reduce((all, { counts }) => all + counts[status], 0)} ${status}`);
  return `Texts from ${first} to ${last}: ${sums.join(', ')}. The same as a table follows.`;
}
