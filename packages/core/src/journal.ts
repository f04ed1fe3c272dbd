import type { AnyEventObject } from 'xstate';
import type { JournalStep } from './activity.ts';
import type { Journey } from './document.ts';
import type { Draft } from './draft.ts';
import { encode } from './host/codec.ts';
import { type HostEvent, stateValueOf } from './host/document.ts';

/** What is larger, in characters of JSON, is left out of a step: the journal is to be read by people. */
const LARGEST = 65_536;

/** Writes down what a machine was told and what it is now, where the app keeps a journal. */
export function recordStep(draft: Draft, journey: Journey, event: AnyEventObject): void {
  if (!draft.context.runtime.app.journal) return;
  const { machine } = journey;
  const { json: plain, meta } = encode(event);
  const step: JournalStep = {
    state: stateValueOf(machine),
    ...(JSON.stringify(plain).length > LARGEST ? {} : { event: plain, ...(meta === undefined ? {} : { meta }) }),
    ...(JSON.stringify(machine).length > LARGEST ? {} : { machine }),
  };
  draft.record('step', { name: event.type, data: step });
}

/** An event as XState would write it. */
export function asEvent(event: HostEvent): AnyEventObject {
  switch (event.kind) {
    case 'event':
      return event.event;
    case 'timer':
      return event.timer.event;
    case 'task.done':
      return { type: `xstate.done.actor.${event.id}`, output: event.output };
    case 'task.failed':
      return { type: `xstate.error.actor.${event.id}`, error: event.error };
  }
}
