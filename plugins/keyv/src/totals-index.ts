import type { MessageRecord, MessageTotal, TotalsQuery } from '@parley/core';
import { compare } from './line.ts';

const DAY = 24 * 60 * 60 * 1_000;

/** What messages are counted by. */
export type TotalGroup = Required<Omit<MessageTotal, 'count'>>;

/** How many messages there are and were, by app, number, day, direction and status. */
export class TotalsIndex {
  readonly #totals = new Map<string, Required<MessageTotal>>();

  add(group: TotalGroup, by: number): void {
    const { app, ours, day, direction, status } = group;
    const count = this.count(group) + by;
    if (count === 0) this.#totals.delete(nameOfTotal(group));
    else this.#totals.set(nameOfTotal(group), { app, ours, day, direction, status, count });
  }

  count(group: TotalGroup): number {
    return this.#totals.get(nameOfTotal(group))?.count ?? 0;
  }

  /** All of them apart, by name. */
  all(): readonly Required<MessageTotal>[] {
    return [...this.#totals.values()].sort((one, other) => compare(nameOfTotal(one), nameOfTotal(other)));
  }

  /** Sums over all that the query does not ask to have apart. */
  read(query: TotalsQuery = {}): readonly MessageTotal[] {
    const sums = new Map<string, MessageTotal>();
    for (const total of this.#totals.values()) {
      if (!isAskedFor(total, query)) continue;
      const group = groupAskedFor(total, query);
      const name = nameOfTotal(group);
      sums.set(name, { ...group, count: (sums.get(name)?.count ?? 0) + total.count });
    }
    const sorted = [...sums].sort(([one], [other]) => compare(one, other));
    return sorted.map(([, total]) => total).filter(({ count }) => count > 0);
  }
}

function isAskedFor(total: TotalGroup, { app, ours, since, until }: TotalsQuery): boolean {
  return (
    (app === undefined || total.app === app) &&
    (ours === undefined || total.ours === ours) &&
    (since === undefined || total.day >= dayOf(since)) &&
    (until === undefined || total.day < dayOf(until))
  );
}

function groupAskedFor(
  { app, ours, day, direction, status }: TotalGroup,
  { by = [] }: TotalsQuery,
): Omit<MessageTotal, 'count'> {
  return {
    app,
    ...(by.includes('ours') ? { ours } : {}),
    ...(by.includes('day') ? { day } : {}),
    direction,
    status,
  };
}

export function totalGroupOf(message: Pick<MessageRecord, 'app' | 'ours' | 'at' | 'direction' | 'status'>): TotalGroup {
  const { app, ours, at, direction, status } = message;
  return { app, ours, day: dayOf(at), direction, status };
}

/** Sorts as its parts do. */
export function nameOfTotal({ app, ours, day, direction, status }: Omit<MessageTotal, 'count'>): string {
  return [app, ours ?? '', String(day ?? 0).padStart(16, '0'), direction, status].join('\n');
}

/** The beginning of the day of a moment, UTC. */
function dayOf(at: number): number {
  return Math.floor(at / DAY) * DAY;
}
