import type { Slot } from './types.ts';

/** What the page remembers between visits. */
export interface Saved {
  readonly slots: readonly Slot[];
  /** Numbers that were texted as, the latest first. */
  readonly recents: readonly string[];
}

const KEY = 'parley.phone';
const MOST_RECENTS = 6;

/** Reads what was saved; anything that does not look right is forgotten. */
export function load(): Saved {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    const { slots, recents } = saved as { slots?: unknown; recents?: unknown };
    return {
      slots: Array.isArray(slots) ? slots.filter(isSlot) : [],
      recents: Array.isArray(recents) ? recents.filter((number) => typeof number === 'string') : [],
    };
  } catch {
    return { slots: [], recents: [] };
  }
}

export function save(saved: Saved): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(saved));
  } catch {
    // Private windows may not allow it; the page works without.
  }
}

/** Puts a number at the head of those that were used. */
export function withRecent(recents: readonly string[], number: string): readonly string[] {
  return [number, ...recents.filter((other) => other !== number)].slice(0, MOST_RECENTS);
}

function isSlot(value: unknown): value is Slot {
  if (typeof value !== 'object' || value === null) return false;
  const { id, number, app } = value as Partial<Record<keyof Slot, unknown>>;
  return [id, number, app].every((field) => typeof field === 'string');
}
