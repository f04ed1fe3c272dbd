import type { AnyEventObject } from 'xstate';
import type { HostedBot } from './app-runtime.ts';
import type { BotInput, BotRequest } from './bot-events.ts';
import type { Journey, TaskOutcome } from './document.ts';
import type { Draft } from './draft.ts';
import { codeOf, ParleyError } from './errors.ts';
import { decode, encode } from './host/codec.ts';
import { type HostEvent, type HostStep, type HostTimer, withoutSource } from './host/document.ts';
import type { MessageRecord } from './message.ts';

/** How many timers fire in one turn; those left over come due again at once. */
const TIMERS_PER_TURN = 50;

/** How many bots may start one another in one turn, before it is taken for a circle. */
const BOTS_PER_TURN = 10;

/** What starts a journey. */
export interface JourneyStart {
  readonly message?: MessageRecord;
  readonly data?: unknown;
}

/** Starts a journey of a bot, and of the bots that follow it when it ends at once. Returns the id of the first. */
export function startJourney(draft: Draft, hosted: HostedBot, start: JourneyStart, depth = 0): string {
  const { now, newId } = draft.context;
  const { bot, host } = hosted;
  const input: BotInput = {
    actor: draft.actor,
    ...(start.message === undefined ? {} : { message: textOf(start.message) }),
    ...(start.data === undefined ? {} : { data: start.data }),
  };
  draft.journey = undefined;
  const began = {
    id: newId(),
    bot: bot.id,
    version: bot.version,
    startedAt: now,
    expiresAt: now + bot.expiresAfter,
    tasks: {},
  };
  attempt(
    draft,
    hosted,
    { kind: 'event', event: { type: 'xstate.init' } },
    start.message,
    () => {
      const step = host.start(input, now);
      draft.journey = { ...began, machine: step.document };
      draft.record('journey.started', start.message === undefined ? {} : { name: 'text' });
      return step;
    },
    depth,
  );
  if (bot.firstText === 'event' && start.message !== undefined && draft.journey !== undefined) {
    deliver(draft, { kind: 'event', event: received(start.message) }, start.message);
  }
  return began.id;
}

/** Gives an event to the machine of the journey that is running. */
export function deliver(draft: Draft, event: HostEvent, message?: MessageRecord, depth = 0): void {
  const { journey } = draft;
  if (journey === undefined) return;
  const hosted = draft.context.runtime.version(journey.bot, journey.version);
  if (hosted === undefined) {
    const error = new ParleyError('error.platform.bot.unknown-version', { bot: journey.bot, version: journey.version });
    return park(draft, journey.bot, event, error, message);
  }
  attempt(draft, hosted, event, message, () => hosted.host.step(journey.machine, event, draft.context.now), depth);
}

/** Gives a message's fate to the bot that said it, if it wants to know. */
export function tellBot(draft: Draft, journeyId: string | undefined, event: AnyEventObject): void {
  const { journey } = draft;
  if (journeyId === undefined || journey?.id !== journeyId || draft.handoff !== undefined) return;
  const hosted = draft.context.runtime.version(journey.bot, journey.version);
  if (hosted?.host.knows(event.type)) deliver(draft, { kind: 'event', event });
}

/** Fires the timers that are due, in the order in which they came due. */
export function fireTimers(draft: Draft): void {
  for (let fired = 0; fired < TIMERS_PER_TURN; fired++) {
    const { journey } = draft;
    if (journey === undefined || draft.handoff !== undefined) return;
    const timer = earliest(journey.machine.timers);
    if (timer === undefined || timer.dueAt > draft.context.now) return;
    deliver(draft, { kind: 'timer', timer });
  }
}

/** Tells the machine how a task has ended; nothing when nobody waits for it any more. */
export function settleTask(draft: Draft, journeyId: string, task: string, outcome: TaskOutcome): void {
  const { journey } = draft;
  if (journey?.id !== journeyId || !journey.machine.tasks.some(({ id }) => id === task)) return;
  if (draft.handoff !== undefined) {
    const attempts = journey.tasks[task]?.attempts ?? 1;
    draft.journey = { ...journey, tasks: { ...journey.tasks, [task]: { attempts, outcome } } };
    return;
  }
  if (outcome.kind === 'failed') draft.record('task.failed', { name: outcome.error.code ?? outcome.error.name });
  deliver(draft, taskEvent(task, outcome));
}

/** Ends the journey before its machine does. */
export function endJourney(draft: Draft, kind: 'journey.ended' | 'journey.expired', why: string): void {
  if (draft.journey === undefined) return;
  draft.record(kind, { name: why });
  draft.journey = undefined;
  draft.handoff = undefined;
}

/** People give the conversation back: its time goes on from where it stood. */
export function resumeJourney(draft: Draft): void {
  const { handoff, journey } = draft;
  if (handoff === undefined) return;
  draft.handoff = undefined;
  draft.record('resumed');
  if (journey === undefined) return;
  const paused = draft.context.now - handoff.at;
  const timers = journey.machine.timers.map((timer) => ({ ...timer, dueAt: timer.dueAt + paused }));
  draft.journey = { ...journey, machine: { ...journey.machine, timers } };
  deliver(draft, { kind: 'event', event: { type: 'conversation.resumed' } });
  for (const [task, { outcome }] of Object.entries(journey.tasks)) {
    if (outcome !== undefined) settleTask(draft, journey.id, task, outcome);
  }
}

export function received(message: MessageRecord): AnyEventObject {
  return { type: 'message.received', ...textOf(message), from: message.theirs };
}

function textOf({ text, media, at }: MessageRecord): { text: string; media: MessageRecord['media']; at: number } {
  return { text, media, at };
}

function taskEvent(id: string, outcome: TaskOutcome): HostEvent {
  return outcome.kind === 'done'
    ? { kind: 'task.done', id, output: decode(outcome.output) }
    : { kind: 'task.failed', id, error: Object.assign(new Error(outcome.error.message), outcome.error) };
}

/** A step of the machine with all that it asks for, or nothing of it when it throws. */
function attempt(
  draft: Draft,
  { bot }: HostedBot,
  event: HostEvent,
  message: MessageRecord | undefined,
  run: () => HostStep,
  depth: number,
): void {
  const rollBack = draft.checkpoint();
  try {
    const step = run();
    const journey = draft.journey as Journey;
    draft.journey = { ...journey, machine: step.document, tasks: keptTasks(journey, step) };
    for (const request of step.emitted) fulfil(draft, request as BotRequest);
    if (step.document.status === 'done') finish(draft, depth);
  } catch (error) {
    rollBack();
    park(draft, bot.id, event, error, message);
  }
}

function keptTasks(journey: Journey, step: HostStep): Journey['tasks'] {
  const states = step.document.tasks.map(({ id }) => [id, journey.tasks[id] ?? { attempts: 0 }] as const);
  return Object.fromEntries(states);
}

/** Does what the machine has asked for by emitting; events that are not ours are its own affair. */
function fulfil(draft: Draft, request: BotRequest): void {
  const journey = draft.journey as Journey;
  switch (request.type) {
    case 'parley.say': {
      const { text, media, category } = request;
      draft.say({
        text,
        media,
        category,
        origin: { kind: 'bot', bot: journey.bot, version: journey.version, journey: journey.id },
      });
      return;
    }
    case 'parley.remember':
      return draft.remember(request.patch);
    case 'parley.track':
      return draft.record('track', {
        name: request.name,
        ...(request.data === undefined ? {} : { data: encode(request.data).json }),
      });
    case 'parley.handoff':
      draft.handoff = {
        to: request.to,
        at: draft.context.now,
        ...(request.note === undefined ? {} : { note: request.note }),
      };
      return draft.record('handoff', { name: request.to });
    case 'parley.start-bot':
      draft.journey = {
        ...journey,
        next: { bot: request.bot, ...(request.data === undefined ? {} : { data: encode(request.data) }) },
      };
  }
}

/** The machine is done: the journey ends, and the next bot begins. */
function finish(draft: Draft, depth: number): void {
  const { next, machine } = draft.journey as Journey;
  draft.record('journey.ended', { name: 'done', ...(machine.output === undefined ? {} : { data: machine.output }) });
  draft.journey = undefined;
  if (next === undefined) return;
  const hosted = draft.context.runtime.current(next.bot);
  if (hosted === undefined || depth >= BOTS_PER_TURN) {
    const problem = new ParleyError('error.platform.bot.unknown', {
      app: draft.context.runtime.app.id,
      bot: next.bot,
      known: 'no such bot, or too many that start one another',
    });
    return park(draft, next.bot, { kind: 'event', event: { type: 'xstate.init' } }, problem, undefined);
  }
  startJourney(draft, hosted, next.data === undefined ? {} : { data: decode(next.data) }, depth + 1);
}

/** Keeps an event that went wrong, and says so to the person once if it was their text. */
function park(draft: Draft, bot: string, event: HostEvent, error: unknown, message: MessageRecord | undefined): void {
  draft.park({
    at: draft.context.now,
    bot,
    event: encode(event).json,
    ...(message === undefined ? {} : { message: message.id }),
    code: error instanceof ParleyError ? error.code : 'error.platform.journey.failed',
    reason: error instanceof Error ? `${codeOf(error)}: ${error.message}` : String(error),
  });
  forget(draft, event);
  apologise(draft, message);
}

/** A timer or a result that the machine threw at must not come again by itself. */
function forget(draft: Draft, event: HostEvent): void {
  const { journey } = draft;
  if (journey === undefined || event.kind === 'event') return;
  draft.journey = { ...journey, machine: withoutSource(journey.machine, event) };
}

function apologise(draft: Draft, message: MessageRecord | undefined): void {
  const { fallback } = draft.context.runtime.app;
  if (message === undefined || fallback === undefined || draft.journey?.apologised) return;
  draft.say({ text: fallback, media: [], category: 'conversational', origin: { kind: 'app', why: 'fallback' } });
  if (draft.journey !== undefined) draft.journey = { ...draft.journey, apologised: true };
}

function earliest(timers: readonly HostTimer[]): HostTimer | undefined {
  return timers.reduce<HostTimer | undefined>(
    (first, timer) => (first === undefined || timer.dueAt < first.dueAt ? timer : first),
    undefined,
  );
}
