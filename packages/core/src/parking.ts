import type { Happening, ParkedEvent } from './document.ts';
import type { Draft } from './draft.ts';
import { codeOf, ParleyError } from './errors.ts';
import { whereThrown } from './where-thrown.ts';

/** What was thrown, wrapped so that `throw undefined` is one, too. */
export interface Failure {
  readonly error: unknown;
}

/** After these nothing reaches the machine until somebody has changed something. */
const HALTING: ReadonlySet<string> = new Set([
  'error.platform.bot.unknown-version',
  'error.platform.bot.migration-failed',
  'error.platform.bot.not-restorable',
]);

/**
 * Keeps what could not be taken in, with the error, and says so to the person once if it was their text. What leaves the
 * machine out of reach altogether halts the conversation.
 */
export function park(draft: Draft, happening: Happening, failure: Failure): void {
  const entry = entryOf(draft, happening, failure);
  if (HALTING.has(entry.code)) draft.halt(entry);
  draft.park(entry);
  hold(draft, happening);
  if (happening.kind === 'text' || (happening.kind === 'start' && happening.text !== undefined)) apologise(draft);
}

/** What is known of a failure now: of one that was parked before and has failed again, too. */
export function entryOf(draft: Draft, happening: Happening, { error }: Failure): ParkedEvent {
  const { code, reason } = draft.halted ?? causeOf(error);
  const bot = happening.kind === 'start' ? happening.bot : draft.journey?.bot;
  const where = whereThrown(error);
  return {
    id: draft.context.newId(),
    at: draft.context.now,
    ...(bot === undefined ? {} : { bot }),
    ...(draft.journey === undefined ? {} : { journey: draft.journey.id }),
    what: happening,
    code,
    reason,
    ...(where === undefined ? {} : { where }),
  };
}

function causeOf(error: unknown): Pick<ParkedEvent, 'code' | 'reason'> {
  return {
    code: error instanceof ParleyError ? error.code : 'error.platform.journey.failed',
    reason: error instanceof Error ? `${codeOf(error)}: ${error.message}` : String(error),
  };
}

/** Whether an error leaves the machine out of reach, until another version is deployed. */
export function isHalting(code: string): boolean {
  return HALTING.has(code);
}

/** A timer that the machine threw at must not come again by itself; a task's outcome is in the document already. */
function hold(draft: Draft, happening: Happening): void {
  if (happening.kind !== 'timer' || draft.journey === undefined || draft.halted !== undefined) return;
  const { heldTimers = [] } = draft.journey;
  draft.journey = { ...draft.journey, heldTimers: [...heldTimers, happening.timer] };
}

function apologise(draft: Draft): void {
  const { fallback } = draft.context.runtime.app;
  if (fallback === undefined || draft.apologised) return;
  draft.say({ text: fallback, media: [], category: 'conversational', origin: { kind: 'app', why: 'fallback' } });
  draft.apologised = true;
}
