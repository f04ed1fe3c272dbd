import type { Journey, Lease, OutboxMessage, TaskState } from './document.ts';
import type { Draft, Worker } from './draft.ts';
import { nextToSend } from './outbox.ts';
import { taskOptions } from './task.ts';
import { nameOf } from './task-name.ts';

/**
 * Leases. A process that works on something puts its name on it, in the same commit that made the work; when it
 * dies, the lease runs out and another process takes over. What it was at may then have been done already.
 */

/** Takes on what the turn leaves to be done and nobody is at. */
export function claimWork(draft: Draft): void {
  claimDispatch(draft);
  claimTasks(draft);
}

/** Gives back what this process has begun and not finished, so that another need not wait for the leases to run out. */
export function releaseWork(draft: Draft): void {
  const { owner, dispatching } = draft.context.worker;
  const held = draft.dispatch;
  if (held?.owner === owner) {
    // An attempt that did not end in time may still go through.
    if (dispatching) draft.outbox = draft.outbox.map((message) => doubt(message, held, draft.turn));
    draft.dispatch = undefined;
  }
  mapTasks(draft, (task) => {
    if (task.lease?.owner !== owner) return task;
    const { lease: _, ...rest } = task;
    return rest;
  });
}

function claimDispatch(draft: Draft): void {
  const { now, worker } = draft.context;
  const isWork = draft.hasToRemember || nextToSend(draft, now) !== undefined;
  const held = draft.dispatch;
  if (held !== undefined && !isVoid(held, worker.dispatching, worker, now)) {
    if (held.owner === worker.owner) draft.dispatch = isWork ? lease(worker, now, worker.lease) : undefined;
    return;
  }
  // Whoever held it has died between a commit and its settling: what was waiting may have gone out.
  if (held !== undefined) draft.outbox = draft.outbox.map((message) => doubt(message, held, draft.turn));
  draft.dispatch = isWork ? lease(worker, now, worker.lease) : undefined;
}

function claimTasks(draft: Draft): void {
  if (draft.handoff !== undefined || draft.halted !== undefined) return;
  const { now, worker } = draft.context;
  mapTasks(draft, (task, name, length) => {
    const { lease: held, outcome, notBefore = 0 } = task;
    if (outcome !== undefined || notBefore > now) return task;
    if (held !== undefined && !isVoid(held, worker.running(name), worker, now)) {
      // One that ran out under our hands, by a jump of the clock, would be due at once and for ever.
      const ranOut = held.owner === worker.owner && held.until <= now;
      return ranOut ? { ...task, lease: lease(worker, now, length) } : task;
    }
    const { notBefore: _, ...rest } = task;
    return { ...rest, attempts: task.attempts + 1, lease: lease(worker, now, length) };
  });
}

/** Gives this process more time for a task, if it still has it. */
export function extendTask(draft: Draft, id: string): void {
  const { now, worker } = draft.context;
  mapTasks(draft, (task, name, length) => {
    const isMeant = draft.journey !== undefined && name === nameOf(draft.journey, id);
    return isMeant && task.lease?.owner === worker.owner ? { ...task, lease: lease(worker, now, length) } : task;
  });
}

/** Whether nobody works under a lease any more. */
function isVoid(held: Lease, atWork: boolean, worker: Worker, now: number): boolean {
  if (held.owner === worker.owner) return !atWork && held.until <= now;
  return worker.alone || held.until <= now;
}

/** A message that could be sent under a lease whose holder is gone may have been sent. */
function doubt(message: OutboxMessage, held: Lease, turn: number): OutboxMessage {
  const couldLeave = message.turn < turn && (message.notBefore ?? 0) <= held.until;
  return couldLeave ? { ...message, inDoubt: true } : message;
}

function lease({ owner }: Worker, now: number, length: number): Lease {
  return { owner, until: now + length };
}

/** @param change is given the task's name and how long a lease on it has to be, in milliseconds. */
function mapTasks(draft: Draft, change: (task: TaskState, name: string, length: number) => TaskState): void {
  const { journey } = draft;
  if (journey === undefined || journey.machine.tasks.length === 0) return;
  const host = draft.context.runtime.version(journey.bot, journey.version)?.host;
  const { taskTimeout, lease: margin } = draft.context.worker;
  const tasks = journey.machine.tasks.map(({ id, name }) => {
    const length = (taskOptions(host?.taskFunction(name)).timeout ?? taskTimeout) + margin;
    return [id, change(journey.tasks[id] ?? { attempts: 0 }, nameOf(journey, id), length)] as const;
  });
  draft.journey = { ...journey, tasks: Object.fromEntries(tasks) } satisfies Journey;
}
