import type { ActivityRecord } from '@parley/core';
import type { RecordedInput } from './recording.ts';

/** How much later than what set it off something is written down at most, in milliseconds. */
const TOGETHER = 1_000;

interface Moment {
  readonly at: number;
}

/** A span of a journey, with what went on in it. */
export interface Span {
  readonly from: number;
  readonly until: number;
  /** The texts of the person. */
  readonly texts: readonly Moment[];
  /** The steps of its machine. */
  readonly steps: readonly Moment[];
}

/**
 * What people did to a journey from outside: took it over, gave it back, gave it more time, had what was parked taken in again. What is written down
 * together with a text or a step is the bot's own doing, or the engine's.
 */
export function interventions(activity: readonly ActivityRecord[], span: Span): readonly RecordedInput[] {
  const { from, until, texts, steps } = span;
  return activity
    .filter(({ at }) => at >= from && at <= until)
    .flatMap((record) => {
      const withText = isTogether(record, [{ at: from }, ...texts]);
      const input = interventionOf(record, { withText, withStep: withText || isTogether(record, steps) });
      return input === undefined ? [] : [input];
    });
}

function interventionOf(
  { kind, at, id, name = '', data }: ActivityRecord,
  { withText, withStep }: { readonly withText: boolean; readonly withStep: boolean },
): RecordedInput | undefined {
  switch (kind) {
    case 'resumed':
      return { kind: 'resume', at, id };
    // A conversation that was halted tries again by itself with the next text.
    case 'retried':
      return withText ? undefined : { kind: 'retry', at, id };
    case 'skipped':
      return { kind: 'skip', at, id };
    case 'handoff':
      return withStep ? undefined : { kind: 'hand-over', at, id, to: name };
    case 'journey.extended': {
      const { expiresAt } = data as { readonly expiresAt: number };
      return withStep ? undefined : { kind: 'prolong', at, id, until: expiresAt };
    }
    default:
      return undefined;
  }
}

function isTogether({ at }: Moment, moments: readonly Moment[]): boolean {
  return moments.some((moment) => moment.at <= at && at - moment.at < TOGETHER);
}
