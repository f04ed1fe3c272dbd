import { runningTimers, type TaskState } from './document.ts';
import type { Draft } from './draft.ts';
import { ParleyError } from './errors.ts';
import { isSameTimer, type TimerId } from './host/document.ts';
import { deliver, endJourney, fireTimers, shiftTimers } from './journey.ts';

/** What people do in a conversation from outside: take it over, and in preview apps hurry its machine on. */

/** People take the conversation; its bot is silent until they give it back. One that they have keeps its time. */
export function handOver(draft: Draft, to: string, note: string | undefined): void {
  if (draft.handoff !== undefined) return;
  draft.burst = undefined;
  draft.handoff = { to, at: draft.context.now, ...(note === undefined ? {} : { note }) };
  draft.record('handoff', { name: to });
}

/**
 * Has a timer fire before its time.
 *
 * @throws `error.platform.app.not-preview`, `error.platform.journey.no-such-timer`
 */
export function fireEarly(draft: Draft, timer: TimerId): void {
  requirePreview(draft);
  const pending = draft.journey?.machine.timers.some((one) => isSameTimer(one, timer)) ?? false;
  if (!pending || draft.handoff !== undefined || draft.halted !== undefined) {
    throw new ParleyError('error.platform.journey.no-such-timer');
  }
  deliver(draft, { kind: 'timer', timer });
}

/**
 * Has a task that waits for another attempt begin it at once.
 *
 * @throws `error.platform.app.not-preview`, `error.platform.journey.no-such-task`
 */
export function retryTaskEarly(draft: Draft, id: string): void {
  requirePreview(draft);
  const { journey } = draft;
  const task: TaskState | undefined = journey?.tasks[id];
  if (journey === undefined || task?.notBefore === undefined) {
    throw new ParleyError('error.platform.journey.no-such-task');
  }
  const { notBefore: _, ...rest } = task;
  draft.journey = { ...journey, tasks: { ...journey.tasks, [id]: rest } };
}

/** How many moments at which timers are due one skip goes through; a machine that sets one with every one never ends. */
const MOST_MOMENTS = 100;

/**
 * Has time pass for a conversation: its timers fire in order, also those that others have set, tasks are tried again, what is scheduled comes
 * nearer, and its journey expires. What a machine has noted of moments stays as it is.
 *
 * @throws `error.platform.app.not-preview`
 */
export function letTimePass(draft: Draft, by: number): void {
  requirePreview(draft);
  let left = by;
  for (let moment = 0; moment < MOST_MOMENTS && left > 0; moment++) {
    const next = Math.min(...dueTimes(draft)) - draft.context.now;
    const step = Math.min(left, Math.max(next, 0));
    bringNearer(draft, step);
    left -= step;
    if (next > step) break;
    fireTimers(draft);
  }
  bringNearer(draft, left);
  if (draft.journey !== undefined && draft.journey.expiresAt <= draft.context.now) endJourney(draft, 'expired');
}

function dueTimes({ journey, handoff, halted }: Draft): readonly number[] {
  if (journey === undefined || handoff !== undefined || halted !== undefined) return [];
  return runningTimers(journey).map(({ dueAt }) => dueAt);
}

/** Everything that a conversation waits for, by so many milliseconds. */
function bringNearer(draft: Draft, by: number): void {
  if (by === 0) return;
  draft.outbox = draft.outbox.map((message) =>
    message.notBefore === undefined ? message : { ...message, notBefore: message.notBefore - by },
  );
  const { journey, burst } = draft;
  if (burst !== undefined) draft.burst = { ...burst, since: burst.since - by, until: burst.until - by };
  if (journey === undefined) return;
  const tasks = Object.entries(journey.tasks).map(([id, task]) => [
    id,
    task.notBefore === undefined ? task : { ...task, notBefore: task.notBefore - by },
  ]);
  const nearer = { ...journey, expiresAt: journey.expiresAt - by, tasks: Object.fromEntries(tasks) };
  // While people have the conversation, or nobody can go on with it, its timers stand still.
  if (draft.handoff !== undefined || draft.halted !== undefined) draft.journey = nearer;
  else shiftTimers(draft, nearer, -by);
}

function requirePreview({ context: { runtime } }: Draft): void {
  const { id, mode } = runtime.app;
  if (mode !== 'preview') throw new ParleyError('error.platform.app.not-preview', { app: id });
}
