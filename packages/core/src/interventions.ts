import type { TaskState } from './document.ts';
import type { Draft } from './draft.ts';
import { ParleyError } from './errors.ts';
import { isSameTimer, type TimerId } from './host/document.ts';
import { deliver } from './journey.ts';

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

function requirePreview({ context: { runtime } }: Draft): void {
  const { id, mode } = runtime.app;
  if (mode !== 'preview') throw new ParleyError('error.platform.app.not-preview', { app: id });
}
