import type { Journey, Lease, OutboxMessage, TaskState } from './document.ts';
import type { Draft, Worker } from './draft.ts';
import { nextToSend } from './outbox.ts';
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
    if (held.owner === worker.owner) draft.dispatch = isWork ? lease(worker, now, worker.sendLease) : undefined;
    return;
  }
  // Whoever held it has died between a commit and its settling: what was waiting may have gone out.
  if (held !== undefined) draft.outbox = draft.outbox.map((message) => doubt(message, held, draft.turn));
  draft.dispatch = isWork ? lease(worker, now, worker.sendLease) : undefined;
}

function claimTasks(draft: Draft): void {
  if (draft.handoff !== undefined) return;
  const { now, worker } = draft.context;
  mapTasks(draft, (task, name) => {
    const { lease: held } = task;
    if (held !== undefined && !isVoid(held, worker.running(name), worker, now)) {
      // One that ran out under our hands, by a jump of the clock, would be due at once and for ever.
      const ranOut = held.owner === worker.owner && held.until <= now;
      return ranOut ? { ...task, lease: lease(worker, now, worker.taskLease) } : task;
    }
    return { ...task, attempts: task.attempts + 1, lease: lease(worker, now, worker.taskLease) };
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

function mapTasks(draft: Draft, change: (task: TaskState, name: string) => TaskState): void {
  const { journey } = draft;
  if (journey === undefined) return;
  const tasks = Object.fromEntries(
    Object.entries(journey.tasks).map(([id, task]) => [id, change(task, nameOf(journey, id))]),
  );
  draft.journey = { ...journey, tasks } satisfies Journey;
}
