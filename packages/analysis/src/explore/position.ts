import { type HostDocument, type HostTimer, nextTimer } from '@parley/core/host';

/** Where a bot is after something has happened to it. */
export interface Position {
  readonly document: HostDocument;
  /** Milliseconds since the epoch; only silence lets time pass. */
  readonly now: number;
  readonly startedAt: number;
  /** When the journey ends, whatever its machine is at. */
  readonly expiresAt: number;
  /** Whether people have the conversation: the bot hears nothing. */
  readonly isHandedOver: boolean;
  /** The person's address. */
  readonly person: string;
  /** Whether the bot has said anything so far, so that it can hear what has become of it. */
  readonly hasSaid: boolean;
  /** What was said last, to answer to. */
  readonly lastSaid: readonly string[];
  /** What was texted so far in words that no guard looks for, as {@link plainly} has it: one is as good as another. */
  readonly heard: ReadonlySet<string>;
  /** The active states by actor, as `HostMove` has them: the root's path is empty. */
  readonly active: ReadonlyMap<string, readonly string[]>;
}

/** A machine's place in the tree of actors, as a key. */
export function actorKey(path: readonly string[]): string {
  return path.join('/');
}

/** The ids of all states that are active, in the machine and its children. */
export function activeIn({ active }: Position): readonly string[] {
  return [...active.values()].flat();
}

/** What it takes for two positions to be told apart by their states alone. */
export function configurationOf(position: Position): string {
  const { document, isHandedOver } = position;
  const states = [...position.active].map(([actor, ids]) => [actor, [...ids].sort()]).sort();
  return JSON.stringify([states, document.tasks.map(({ name }) => name), isHandedOver]);
}

/** The timer that rings next while the journey lasts. */
export function nextRinging(position: Position): HostTimer | undefined {
  const timer = nextTimer(position.document);
  return timer !== undefined && timer.dueAt < position.expiresAt ? timer : undefined;
}

/**
 * The same for positions from which the same can happen: everything that is kept, without the moments and the words of people in it, and
 * without the names that the host has given.
 */
export function fingerprintOf(position: Position): string {
  const { document, startedAt, heard } = position;
  const { status, snapshot, timers, tasks } = document;
  const ringing = [...timers].sort((one, other) => one.dueAt - other.dueAt);
  const kept = {
    status,
    snapshot,
    timers: ringing.map(({ source, target, event }) => ({ source, target, event: event.type })),
    tasks: tasks.map(({ path, name, input }) => ({ path, name, input })),
  };
  const plain = JSON.stringify(kept, (_, value) => {
    if (isMoment(value, startedAt)) return MOMENT;
    return typeof value === 'string' && heard.has(plainly(value)) ? WORDS : value;
  });
  // By itself: somebody may have texted the name of a state.
  return configurationOf(position) + plain;
}

/** A text without what bots take off it when they keep it. */
export function plainly(text: string): string {
  return text.trim().toLowerCase();
}

const WORDS = '(words of theirs)';
const MOMENT = '(a moment)';

/** Numbers and dates this close to the start are taken for moments. */
const NEAR = 400 * 86_400_000;

function isMoment(value: unknown, start: number): boolean {
  if (typeof value === 'number') return Math.abs(value - start) < NEAR;
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && isMoment(Date.parse(value), start);
}
