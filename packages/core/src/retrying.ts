import { requireBot } from './app-runtime.ts';
import type { ParkedEvent } from './document.ts';
import type { Draft } from './draft.ts';
import { ParleyError } from './errors.ts';
import { respond } from './hearing.ts';
import { decode } from './host/codec.ts';
import { isSameTimer, type TimerId } from './host/document.ts';
import { checkVersion, fireTimers, startJourney, tellOfTasks, tryToDeliver } from './journey.ts';
import { entryOf, type Failure, isHalting } from './parking.ts';

/**
 * Takes in again what was parked, oldest first, up to the first that fails once more; it and those behind it stay. Nothing
 * is said to the person about a failure.
 *
 * @param id only this one
 * @throws `error.platform.parked.unknown`, `error.platform.conversation.handed-over`, `error.platform.bot.unknown`
 */
export function retryParked(draft: Draft, id: string | undefined): void {
  if (draft.handoff !== undefined) throw new ParleyError('error.platform.conversation.handed-over');
  takeInAll(draft, chooseParked(draft, id));
}

/**
 * Tries whether a conversation that was halted can go on, and takes in what has come since. What the machine threw at before that is for
 * an operator, and does not stand in the way.
 */
export function retryHalted(draft: Draft): void {
  const { halted } = draft;
  if (halted === undefined || draft.handoff !== undefined) return;
  takeInAll(
    draft,
    draft.parked.filter(({ code }) => code === halted.code),
  );
}

function takeInAll(draft: Draft, chosen: readonly ParkedEvent[]): void {
  draft.unhalt();
  draft.replies = undefined;
  draft.record('retried', { data: { events: chosen.length } });
  checkVersion(draft);
  for (const entry of chosen) {
    if (draft.halted !== undefined) return;
    const failed = takeInAgain(draft, entry);
    if (failed === undefined) continue;
    if (isHalting(failed.code)) draft.halt(failed);
    draft.parked = draft.parked.map((one) => (one.id === entry.id ? failed : one));
    return;
  }
  if (draft.halted === undefined) tellOfTasks(draft);
  fireTimers(draft);
}

/**
 * Drops what was parked, and lets the conversation go on with what comes next. A timer or a task that is dropped is not
 * told to its machine.
 *
 * @param id only this one
 * @throws `error.platform.parked.unknown`
 */
export function skipParked(draft: Draft, id: string | undefined): void {
  const chosen = new Set(chooseParked(draft, id));
  draft.parked = draft.parked.filter((entry) => !chosen.has(entry));
  draft.record('skipped', { data: { events: chosen.size } });
  if (draft.parked.length > 0) return;
  draft.unhalt();
  draft.replies = undefined;
}

function chooseParked({ parked }: Draft, id: string | undefined): readonly ParkedEvent[] {
  if (id === undefined) return parked;
  const chosen = parked.filter((entry) => entry.id === id);
  if (chosen.length === 0) throw new ParleyError('error.platform.parked.unknown');
  return chosen;
}

/** Takes one in again; when that fails, leaves everything as it was and says how it failed this time. */
function takeInAgain(draft: Draft, entry: ParkedEvent): ParkedEvent | undefined {
  const rollBack = draft.checkpoint();
  draft.parked = draft.parked.filter(({ id }) => id !== entry.id);
  const before = draft.parked.length;
  const failure = attemptAgain(draft, entry);
  const failed = failure === undefined ? draft.parked[before] : entryOf(draft, entry.what, failure);
  if (failed === undefined) return undefined;
  rollBack();
  return { ...failed, id: entry.id };
}

/** What began a journey or could not, parks itself again; what a journey waits for is given to that one only. */
function attemptAgain(draft: Draft, { what, journey }: ParkedEvent): Failure | undefined {
  if (what.kind === 'text' && draft.journey === undefined) {
    respond(draft, what.text);
    return undefined;
  }
  if (what.kind === 'start') {
    if (draft.journey !== undefined) {
      return { error: new ParleyError('error.platform.journey.running', { bot: draft.journey.bot }) };
    }
    const hosted = requireBot(draft.context.runtime, what.bot);
    const data = what.data === undefined ? {} : { data: decode(what.data) };
    startJourney(draft, hosted, { ...(what.text && { text: what.text }), ...data });
    return undefined;
  }
  if (what.kind !== 'text' && draft.journey?.id !== journey) return undefined;
  if (what.kind === 'timer') letGo(draft, what.timer);
  return tryToDeliver(draft, what);
}

function letGo(draft: Draft, timer: TimerId): void {
  const { journey } = draft;
  if (journey === undefined) return;
  const heldTimers = (journey.heldTimers ?? []).filter((held) => !isSameTimer(held, timer));
  draft.journey = { ...journey, heldTimers };
}
