import type { Funnel, Journey } from '@parley/api';
import type { ActivityKind, ActivityRecord } from '@parley/core';

/** What is written down when a journey is over. */
export const ENDS: readonly ActivityKind[] = ['journey.ended', 'journey.expired'];

/** What became of a journey, by what was written down at its end. */
export function statusOf(end: ActivityRecord | undefined): Journey['status'] {
  if (end === undefined) return 'running';
  return end.kind === 'journey.expired' ? 'expired' : ((end.name ?? 'ended') as Journey['status']);
}

/** Adds up what became of journeys, which come newest first: an end before its start. */
export class FunnelCount {
  readonly #ends = new Map<string, number>();
  readonly #dropped = new Map<string, Funnel['dropped'][number]>();
  readonly #tracked = new Map<string, number>();
  #seen = 0;
  #started = 0;
  #done = 0;
  #running = 0;
  #time = 0;
  #timed = 0;

  /** How many records it has looked at. */
  get seen(): number {
    return this.#seen;
  }

  add(record: ActivityRecord): void {
    const { kind, journey = '', at, name = '' } = record;
    this.#seen += 1;
    if (kind === 'track') this.#tracked.set(name, (this.#tracked.get(name) ?? 0) + 1);
    else if (kind === 'journey.started') this.#start(journey, at);
    else this.#end(record);
  }

  #start(journey: string, at: number): void {
    this.#started += 1;
    const end = this.#ends.get(journey);
    if (end === undefined) this.#running += 1;
    else if (end > 0) {
      this.#time += end - at;
      this.#timed += 1;
    }
  }

  #end(record: ActivityRecord): void {
    const { journey = '', at, state } = record;
    const status = statusOf(record);
    // Only those that are done tell how long it takes.
    this.#ends.set(journey, status === 'done' ? at : 0);
    if (status === 'done') {
      this.#done += 1;
      return;
    }
    for (const path of pathsOf(state)) {
      const known = this.#dropped.get(`${status} ${path}`) ?? { state: path, status, count: 0 };
      this.#dropped.set(`${status} ${path}`, { ...known, count: known.count + 1 });
    }
  }

  /** @param most how many records are looked at: there may be more. */
  funnel(most: number): Funnel {
    return {
      started: this.#started,
      done: this.#done,
      running: this.#running,
      dropped: [...this.#dropped.values()].sort((one, other) => other.count - one.count),
      tracked: [...this.#tracked].map(([name, count]) => ({ name, count })),
      partial: this.#seen >= most,
      ...(this.#timed === 0 ? {} : { averageDuration: this.#time / this.#timed }),
    };
  }
}

/** The innermost states of a state value, as dotted paths. */
function pathsOf(value: unknown, above: readonly string[] = []): readonly string[] {
  if (typeof value === 'string') return [[...above, value].join('.')];
  if (value === null || typeof value !== 'object' || Object.keys(value).length === 0) return [above.join('.')];
  return Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...above, key]));
}
