import type { ConsentEntry, MessageCategory } from '@parley/core';
import { USUAL_CATEGORIES } from './entry.ts';

/** What holds for one category and one app, or every app: what was said last, and where that stands. */
export interface Decision {
  readonly kind: ConsentEntry['kind'];
  /** When it happened, milliseconds since the epoch; never later than it was recorded. */
  readonly at: number;
  /** Its place in the person's chain, from 1 on. */
  readonly sequence: number;
  /** The first 16 digits of its hash: enough to find the entry that a message relied on, even in a copy. */
  readonly hash: string;
}

/** What holds for a person, by category and app: `marketing clinic`, or `marketing *` for every app. */
export type State = Readonly<Record<string, Decision>>;

/** What {@link applied} looks at. */
export interface Statement {
  readonly kind: ConsentEntry['kind'];
  readonly app?: string | undefined;
  readonly categories?: readonly MessageCategory[] | undefined;
  readonly at: number;
  readonly recordedAt: number;
  readonly sequence: number;
}

/**
 * The state after one more statement. The order of recording does not matter, only when things happened: an old consent that is imported
 * today does not undo yesterday's opt-out. Of two at the same moment the revocation holds.
 */
export function applied(state: State, statement: Statement, hash: string): State {
  const { kind, app, categories = USUAL_CATEGORIES, sequence } = statement;
  // A moment that has not come yet would outlast every later word of the person.
  const at = Math.min(statement.at, statement.recordedAt);
  const decision: Decision = { kind, at, sequence, hash: hash.slice(0, 16) };
  const next: Record<string, Decision> = { ...state };
  for (const category of categories) {
    const place = placeOf(category, app);
    next[place] = laterOf(next[place], decision);
  }
  return next;
}

/** What holds for a category in an app: what was said last about it, or about it in every app. */
export function decisionOn(state: State, app: string, category: MessageCategory): Decision | undefined {
  const everywhere = state[placeOf(category, undefined)];
  const here = state[placeOf(category, app)];
  return here === undefined ? everywhere : laterOf(everywhere, here);
}

/** All that was said of a category: of every app, where `app` is absent, then of single ones. */
export function placesIn(
  state: State,
  category: MessageCategory,
): readonly { readonly app: string | undefined; readonly decision: Decision }[] {
  const prefix = `${category} `;
  return Object.entries(state)
    .filter(([place]) => place.startsWith(prefix))
    .map(([place, decision]) => ({ app: place.slice(prefix.length), decision }))
    .map(({ app, decision }) => ({ app: app === '*' ? undefined : app, decision }))
    .sort((one, other) => (one.app ?? '').localeCompare(other.app ?? ''));
}

function placeOf(category: MessageCategory, app: string | undefined): string {
  return `${category} ${app ?? '*'}`;
}

function laterOf(one: Decision | undefined, other: Decision): Decision {
  if (one === undefined || other.at > one.at) return other;
  return other.at === one.at && other.kind === 'revoked' && one.kind === 'given' ? other : one;
}
