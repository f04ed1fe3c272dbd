import { nextTimer } from '@parley/core/host';
import type { Atlas } from '../atlas.ts';
import type { StateNode } from '../bot.ts';
import type { Findings } from '../findings.ts';
import { hearsTexts } from '../words.ts';
import { timeInWords } from './happening.ts';
import { activeIn, type Position } from './position.ts';
import type { Place } from './walk.ts';
import { leavesOf } from './where.ts';

/**
 * Says what is wrong with where a bot can come to wait.
 *
 * @param ownEvents events of the developer's that come from outside.
 */
export function judgePlaces(
  places: readonly Place[],
  atlas: Atlas,
  ownEvents: readonly string[],
  findings: Findings,
): void {
  const waiting = places.filter(({ position }) => position.document.status === 'active' && !position.isHandedOver);
  for (const { position, path } of waiting) {
    if (hasNoWayOut(position, atlas, ownEvents)) findings.add('dead-end', leavesOf(position, atlas), DEAD_END, path);
    const timer = nextTimer(position.document);
    if (timer !== undefined && timer.dueAt >= position.expiresAt) {
      findings.add('timer-too-late', leavesOf(position, atlas), tooLate(timer.dueAt, position), path);
    }
  }
  judgeSilence(waiting, atlas, findings);
}

const DEAD_END =
  'Nobody ever leaves this state: it hears nothing, waits for nothing and is not final. Give it a transition, or make it final.';

/** Whether nothing that can come is heard by any state that is active, and nothing will come by itself. */
export function hasNoWayOut(position: Position, atlas: Atlas, ownEvents: readonly string[] = []): boolean {
  if (waitsForSomething(position)) return false;
  const heard = atlas.among(activeIn(position)).flatMap(({ transitions }) => [...transitions.keys()]);
  return !heard.some((type) => hearsTexts(type) || FROM_PARLEY.has(type) || ownEvents.includes(type));
}

const FROM_PARLEY: ReadonlySet<string> = new Set([
  'message.delivered',
  'message.failed',
  'conversation.resumed',
  'conversation.*',
]);

function tooLate(dueAt: number, { startedAt, expiresAt }: Position): string {
  const [rings, ends] = [dueAt - startedAt, expiresAt - startedAt].map(timeInWords);
  return `The next timer rings ${rings} after the start, and the journey is over after ${ends}. Wait for a shorter time, or give the bot a longer expiresAfter or extendJourney.`;
}

/** A state has a timer if it has one at any position: one that asks once more and then waits is meant so. */
function judgeSilence(waiting: readonly Place[], atlas: Atlas, findings: Findings): void {
  const silent = new Map<StateNode, Place>();
  const others = new Set<StateNode>();
  for (const place of waiting) {
    const { position } = place;
    const [state] = leavesOf(position, atlas);
    if (state === undefined) continue;
    if (waitsForSomething(position) || hasNoWayOut(position, atlas)) others.add(state);
    else if (!silent.has(state)) silent.set(state, place);
  }
  for (const [state, { position, path }] of silent) {
    if (!others.has(state)) findings.add('no-timeout', leavesOf(position, atlas), NO_TIMEOUT, path);
  }
}

const NO_TIMEOUT =
  'Who says nothing here is never asked again: there is no timer. Add one with after, or ignore this rule where waiting is all there is to do.';

function waitsForSomething({ document }: Position): boolean {
  return document.timers.length > 0 || document.tasks.length > 0;
}
