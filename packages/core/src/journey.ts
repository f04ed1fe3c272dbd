import type { AnyEventObject } from 'xstate';
import { type HostedBot, unknownBot } from './app-runtime.ts';
import { LONGEST_JOURNEY } from './bot.ts';
import type { BotInput } from './bot-events.ts';
import { type Happening, type HeardText, type Journey, runningTimers, type TaskOutcome } from './document.ts';
import type { Draft } from './draft.ts';
import { ParleyError } from './errors.ts';
import { decode, encode } from './host/codec.ts';
import { type HostEvent, type HostStep, type HostTimer, isSameTimer, stateValueOf } from './host/document.ts';
import { asEvent, recordStep } from './journal.ts';
import { type JourneyEndReason, requestsOf } from './journey-hooks.ts';
import { type Failure, park } from './parking.ts';
import { fulfil } from './requests.ts';
import { continuationOf } from './versions.ts';

/** How many timers fire in one turn; those left over come due again at once. */
const TIMERS_PER_TURN = 50;

/** How many bots may start one another in one turn, before it is taken for a circle. */
const BOTS_PER_TURN = 10;

/** What starts a journey. */
export interface JourneyStart {
  readonly text?: HeardText;
  readonly data?: unknown;
}

/** Starts a journey of a bot, and of the bots that follow it when it ends at once. Returns the id of the first. */
export function startJourney(draft: Draft, hosted: HostedBot, { text, data }: JourneyStart, depth = 0): string {
  const id = draft.context.newId();
  const happening: Happening = {
    kind: 'start',
    bot: hosted.bot.id,
    ...(text === undefined ? {} : { text }),
    ...(data === undefined ? {} : { data: encode(data) }),
  };
  draft.journey = undefined;
  const input: BotInput = {
    actor: draft.actor,
    ...(text === undefined ? {} : { message: { text: text.text, media: text.media, at: text.at } }),
    ...(data === undefined ? {} : { data }),
  };
  const failure = attempt(draft, () => begin(draft, hosted, id, input), {
    depth,
    event: { type: 'xstate.init', input },
  });
  if (failure !== undefined) park(draft, happening, failure);
  else if (hosted.bot.firstText === 'event' && text !== undefined) deliver(draft, { kind: 'text', text });
  return id;
}

function begin(draft: Draft, { bot, host }: HostedBot, id: string, input: BotInput): HostStep {
  const { now } = draft.context;
  const step = host.start(input, now);
  draft.apologised = false;
  draft.journey = {
    id,
    bot: bot.id,
    version: bot.version,
    startedAt: now,
    expiresAt: now + bot.expiresAfter,
    machine: step.document,
    tasks: {},
  };
  draft.record('journey.started', { version: bot.version, ...(input.message === undefined ? {} : { name: 'text' }) });
  if (bot.onStart !== undefined) {
    for (const request of requestsOf(bot.onStart, { journey: id, actor: draft.actor })) fulfil(draft, request);
  }
  return step;
}

/** Gives something that has happened to the machine of the journey that is running, or parks it. */
export function deliver(draft: Draft, happening: Happening, depth = 0): void {
  const failure = tryToDeliver(draft, happening, depth);
  if (failure !== undefined) park(draft, happening, failure);
}

/** The same, and leaves it to the caller what becomes of what could not be delivered. */
export function tryToDeliver(draft: Draft, happening: Happening, depth = 0): Failure | undefined {
  const { journey, halted } = draft;
  if (journey === undefined) return undefined;
  if (halted !== undefined) {
    return { error: new ParleyError('error.platform.conversation.halted', { code: halted.code }) };
  }
  const event = eventOf(draft, journey, happening);
  if (event === undefined) return undefined;
  return attempt(draft, () => takeStep(draft, event), { depth, event: asEvent(event) });
}

function takeStep(draft: Draft, event: HostEvent): HostStep {
  const hosted = bringToVersion(draft);
  return hosted.host.step((draft.journey as Journey).machine, event, draft.context.now);
}

/** Finds who goes on with the journey, and migrates it if that is another version. Throws when nobody can. */
function bringToVersion(draft: Draft): HostedBot {
  const journey = draft.journey as Journey;
  const { hosted, migrated } = continuationOf(draft.context.runtime, journey, draft.context.now);
  if (migrated !== undefined) {
    draft.journey = { ...journey, version: hosted.bot.version };
    draft.record('journey.migrated', { name: `${journey.version} → ${hosted.bot.version}` });
    takeOver(draft, migrated);
  }
  return hosted;
}

/** Makes sure that the registered bots can go on with the journey, before anything else happens to it. */
export function checkVersion(draft: Draft): void {
  const { journey, halted, handoff } = draft;
  if (journey === undefined || halted !== undefined || handoff !== undefined) return;
  if (draft.context.runtime.version(journey.bot, journey.version) !== undefined) return;
  const failure = attempt(draft, () => void bringToVersion(draft), { depth: 0, event: { type: 'parley.migrate' } });
  if (failure === undefined) return;
  const { code, message } = failure.error as ParleyError;
  draft.halt({ at: draft.context.now, code, reason: message });
}

/** What a machine is told, `undefined` when nobody waits for it any more. */
function eventOf(draft: Draft, { machine, tasks }: Journey, happening: Happening): HostEvent | undefined {
  switch (happening.kind) {
    case 'text':
      return { kind: 'event', event: received(happening.text, draft.actor.address) };
    case 'event':
      return { kind: 'event', event: decode(happening.event) };
    case 'timer': {
      const timer = machine.timers.find((one) => isSameTimer(one, happening.timer));
      return timer && { kind: 'timer', timer };
    }
    case 'task': {
      const outcome = tasks[happening.task]?.outcome;
      return outcome && taskEvent(happening.task, outcome);
    }
    case 'start':
      return undefined;
  }
}

/** Gives a message's fate to the bot that said it, if it wants to know. */
export function tellBot(draft: Draft, journeyId: string | undefined, event: AnyEventObject): void {
  const { journey } = draft;
  if (journeyId === undefined || journey?.id !== journeyId || draft.handoff !== undefined) return;
  const { runtime } = draft.context;
  const hosted = runtime.version(journey.bot, journey.version) ?? runtime.current(journey.bot);
  if (hosted?.host.knows(event.type)) deliver(draft, { kind: 'event', event: encode(event) });
}

/** Fires the timers that are due at a moment, in the order in which they came due. */
export function fireTimers(draft: Draft, at: number = draft.context.now): void {
  for (let fired = 0; fired < TIMERS_PER_TURN; fired++) {
    const { journey } = draft;
    if (journey === undefined || draft.handoff !== undefined || draft.halted !== undefined) return;
    const timer = earliest(runningTimers(journey));
    if (timer === undefined || timer.dueAt > at) return;
    const { id, source, dueAt } = timer;
    deliver(draft, { kind: 'timer', timer: { id, source, dueAt } });
  }
}

/** Tells the machine how a task has ended; nothing when nobody waits for it any more. */
export function settleTask(draft: Draft, journeyId: string, id: string, outcome: TaskOutcome): void {
  const { journey } = draft;
  const task = journey?.machine.tasks.find((one) => one.id === id);
  if (journey?.id !== journeyId || task === undefined) return;
  const { attempts = 1, failures = 0 } = journey.tasks[id] ?? {};
  if (outcome.kind === 'retry') {
    const state = { attempts, failures: failures + 1, notBefore: outcome.at };
    draft.journey = { ...journey, tasks: { ...journey.tasks, [id]: state } };
    return draft.record('task.retry', { name: outcome.code });
  }
  draft.journey = { ...journey, tasks: { ...journey.tasks, [id]: { attempts, outcome } } };
  if (outcome.kind === 'failed') draft.record('task.failed', { name: outcome.code });
  if (draft.handoff === undefined && draft.halted === undefined) tellOfTask(draft, id, task.name);
}

function tellOfTask(draft: Draft, task: string, name: string): void {
  deliver(draft, { kind: 'task', task, name });
}

/** Tells the machine of tasks that have ended while it stood still. */
export function tellOfTasks(draft: Draft): void {
  const { journey } = draft;
  const told = new Set(draft.parked.flatMap(({ what }) => (what.kind === 'task' ? [what.task] : [])));
  for (const { id, name } of journey?.machine.tasks ?? []) {
    if (journey?.tasks[id]?.outcome !== undefined && !told.has(id)) tellOfTask(draft, id, name);
  }
}

/** Ends the journey, whatever its machine is at. */
export function endJourney(draft: Draft, why: JourneyEndReason, output?: unknown): void {
  const { journey } = draft;
  if (journey === undefined) return;
  callOnEnd(draft, journey, why, output);
  const state = stateValueOf(journey.machine);
  const entry = {
    name: why,
    ...(output === undefined ? {} : { data: output }),
    ...(state === undefined ? {} : { state }),
  };
  draft.record(why === 'expired' ? 'journey.expired' : 'journey.ended', entry);
  draft.journey = undefined;
  draft.unhalt();
  // What a machine does last may be to hand the conversation over.
  if (why !== 'done') draft.handoff = undefined;
}

/** @throws nothing: a hook that throws must not keep a journey from its end. */
function callOnEnd(draft: Draft, journey: Journey, why: JourneyEndReason, output: unknown): void {
  const { runtime } = draft.context;
  const hosted = runtime.version(journey.bot, journey.version) ?? runtime.current(journey.bot);
  const onEnd = hosted?.bot.onEnd;
  if (onEnd === undefined) return;
  const rollBack = draft.checkpoint();
  try {
    const ending = { journey: journey.id, actor: draft.actor, why, ...(output === undefined ? {} : { output }) };
    for (const request of requestsOf(onEnd, ending)) fulfil(draft, request);
  } catch (cause) {
    rollBack();
    const { code, message } = new ParleyError(
      'error.platform.journey.hook-failed',
      { hook: 'onEnd', bot: journey.bot },
      { cause },
    );
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    draft.record('hook.failed', { name: code, data: { problem: message, reason } });
  }
}

/**
 * Lets the journey last at least until `by` milliseconds from now.
 *
 * @throws `error.platform.journey.none`, `error.platform.journey.too-long`
 */
export function prolongJourney(draft: Draft, by: number): void {
  const { journey, context } = draft;
  if (journey === undefined) throw new ParleyError('error.platform.journey.none');
  const expiresAt = Math.max(journey.expiresAt, context.now + by);
  const day = 86_400_000;
  if (expiresAt - journey.startedAt > LONGEST_JOURNEY) {
    throw new ParleyError('error.platform.journey.too-long', {
      days: Math.ceil((expiresAt - journey.startedAt) / day),
      limit: LONGEST_JOURNEY / day,
    });
  }
  draft.journey = { ...journey, expiresAt };
  draft.record('journey.extended', { data: { expiresAt } });
}

/** Has every timer of a journey come later by so many milliseconds, or earlier; also those that are held, under the same names as before. */
export function shiftTimers(draft: Draft, journey: Journey, by: number): void {
  const shift = <Timer extends { readonly dueAt: number }>(timer: Timer) => ({ ...timer, dueAt: timer.dueAt + by });
  const { machine, heldTimers } = journey;
  draft.journey = {
    ...journey,
    machine: { ...machine, timers: machine.timers.map(shift) },
    ...(heldTimers && { heldTimers: heldTimers.map(shift) }),
  };
  draft.parked = draft.parked.map((entry) =>
    entry.what.kind === 'timer' ? { ...entry, what: { ...entry.what, timer: shift(entry.what.timer) } } : entry,
  );
}

/** People give the conversation back: its time goes on from where it stood. */
export function resumeJourney(draft: Draft): void {
  const { handoff, journey } = draft;
  if (handoff === undefined) return;
  draft.handoff = undefined;
  draft.record('resumed');
  if (journey === undefined) return;
  shiftTimers(draft, journey, draft.context.now - handoff.at);
  deliver(draft, { kind: 'event', event: encode({ type: 'conversation.resumed' }) });
  tellOfTasks(draft);
}

function received({ text, media, at }: HeardText, from: string): AnyEventObject {
  return { type: 'message.received', text, media, at, from };
}

function taskEvent(id: string, outcome: TaskOutcome): HostEvent | undefined {
  switch (outcome.kind) {
    case 'done':
      return { kind: 'task.done', id, output: decode(outcome.output) };
    case 'failed':
      return { kind: 'task.failed', id, error: decode(outcome.error) };
    case 'retry':
      return undefined;
  }
}

/**
 * A step of the machine with all that it asks for, or nothing of it when it throws.
 *
 * @param depth how many bots have started one another so far.
 * @param event what the machine is told, for the journal.
 */
function attempt(
  draft: Draft,
  run: () => HostStep | undefined,
  { depth, event }: { readonly depth: number; readonly event: AnyEventObject },
): Failure | undefined {
  const rollBack = draft.checkpoint();
  try {
    const step = run();
    if (step !== undefined) takeOver(draft, step);
    if (draft.journey !== undefined) recordStep(draft, draft.journey, event);
    if (draft.journey?.machine.status === 'done') finish(draft, depth);
    return undefined;
  } catch (error) {
    rollBack();
    return { error };
  }
}

/** Makes a step's outcome the journey's, and does what the machine has asked for. */
function takeOver(draft: Draft, { document, emitted }: HostStep): void {
  const journey = draft.journey as Journey;
  const { heldTimers: before, ...rest } = journey;
  const tasks = document.tasks.map(({ id }) => [id, journey.tasks[id] ?? { attempts: 0 }] as const);
  const heldTimers = before?.filter((held) => document.timers.some((timer) => isSameTimer(held, timer)));
  draft.journey = {
    ...rest,
    machine: document,
    tasks: Object.fromEntries(tasks),
    ...(heldTimers === undefined || heldTimers.length === 0 ? {} : { heldTimers }),
  };
  for (const request of emitted) fulfil(draft, request);
}

/** The machine is done: the journey ends, and the next bot begins. */
function finish(draft: Draft, depth: number): void {
  const { next, machine } = draft.journey as Journey;
  endJourney(draft, 'done', machine.output);
  if (next === undefined) return;
  const hosted = draft.context.runtime.current(next.bot);
  if (hosted === undefined || depth >= BOTS_PER_TURN) {
    const error =
      hosted === undefined
        ? unknownBot(draft.context.runtime, next.bot)
        : new ParleyError('error.platform.bot.circle', { bot: next.bot, count: depth });
    return park(draft, { kind: 'start', bot: next.bot, ...(next.data && { data: next.data }) }, { error });
  }
  startJourney(draft, hosted, next.data === undefined ? {} : { data: decode(next.data) }, depth + 1);
}

function earliest(timers: readonly HostTimer[]): HostTimer | undefined {
  return timers.reduce<HostTimer | undefined>(
    (first, timer) => (first === undefined || timer.dueAt < first.dueAt ? timer : first),
    undefined,
  );
}
