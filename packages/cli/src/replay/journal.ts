import type { ActivityRecord, BotInput, JournalStep, MessageReceived } from '@parley/core';
import { decode, type HostDocument, type HostTimer } from '@parley/core/host';
import type { Gap, HeardWords, Ordered, RecordedInput, RecordedTask, Recording } from './recording.ts';

/** What the journal of a journey has besides texts that were said. */
export interface Journal extends Pick<Recording, 'tasks' | 'outages'> {
  /** What its first machine began with. */
  readonly input: BotInput | undefined;
  readonly texts: readonly (Ordered & HeardWords)[];
  readonly hurries: readonly Extract<RecordedInput, { kind: 'hurry' }>[];
  readonly gap: Gap | undefined;
  /** When its bots were told what became of a text, by event and message: `message.failed 0123`. */
  readonly fates: ReadonlyMap<string, Ordered>;
}

/** How much later than it was due a timer may fire and still be on time, in milliseconds; none fires sooner by itself. */
const PUNCTUAL = 1_000;

/** Reads the steps of a journey, and of those that followed it, oldest first. */
export function readJournal(steps: readonly ActivityRecord[]): Journal {
  const reader = new Reader();
  for (const step of steps) {
    if (reader.gap !== undefined) break;
    reader.read(step);
  }
  return reader;
}

/** How the end of a task is written down: see `asEvent` of the core. */
const TASK = /^xstate\.(done|error)\.actor\.(task-\d+)$/;

class Reader implements Journal {
  input: BotInput | undefined;
  readonly texts: (Ordered & HeardWords)[] = [];
  readonly hurries: Extract<RecordedInput, { kind: 'hurry' }>[] = [];
  readonly outages: { from: number; to: number }[] = [];
  readonly fates = new Map<string, Ordered>();
  gap: Gap | undefined;
  /** By journey and id. */
  readonly #tasks = new Map<string, RecordedTask>();
  readonly #machines = new Map<string, HostDocument>();

  get tasks(): readonly RecordedTask[] {
    return [...this.#tasks.values()];
  }

  read(record: ActivityRecord): void {
    const { at, id, journey = '', data } = record;
    const { event: json, meta, machine } = (data ?? {}) as Partial<JournalStep>;
    if (json === undefined) {
      this.gap = { at, reason: data === undefined ? 'its journal was redacted' : 'a step was too large to keep' };
      return;
    }
    const event = decode({ json, ...(meta === undefined ? {} : { meta }) });
    const before = this.#machines.get(journey);
    this.#tell({ at, id }, event, journey);
    if (isTimer(event.type)) this.#ring({ at, id }, event.type, before, machine);
    else this.#passTime(at, before, machine);
    this.#begin(at, journey, machine);
  }

  /** What comes from outside. */
  #tell(place: Ordered, event: NonNullable<JournalStep['event']>, journey: string): void {
    const [, kind, task = ''] = TASK.exec(event.type) ?? [];
    if (event.type === 'xstate.init') this.input ??= event.input as BotInput | undefined;
    else if (event.type === 'message.received') this.#hear(place, event as unknown as MessageReceived);
    else if (/^message\.(delivered|failed)$/.test(event.type)) this.fates.set(`${event.type} ${event.message}`, place);
    else if (kind === 'done') this.#settle(`${journey} ${task}`, { ...place, kind, output: event.output });
    else if (kind === 'error') this.#settle(`${journey} ${task}`, { ...place, kind: 'failed', error: event.error });
  }

  #hear(place: Ordered, { text, media, at: heardAt }: MessageReceived): void {
    this.texts.push({ ...place, text, media, heardAt });
  }

  #settle(name: string, result: NonNullable<RecordedTask['result']>): void {
    const task = this.#tasks.get(name);
    if (task === undefined)
      this.gap = { at: result.at, reason: 'a task ended of which it is not recorded that it began' };
    else this.#tasks.set(name, { ...task, result });
  }

  /** A timer has fired: on time, before its time because somebody wanted it, or late because nobody was there. */
  #ring(place: Ordered, event: string, before: HostDocument | undefined, after: HostDocument | undefined): void {
    const timer =
      before?.timers.find((one) => one.event.type === event && !has(after, one)) ??
      before?.timers.find((one) => one.event.type === event);
    if (timer === undefined) return;
    const late = place.at - timer.dueAt;
    if (late > PUNCTUAL) this.outages.push({ from: timer.dueAt, to: place.at });
    // Where time passes for all timers, none that stays is due when it was.
    const others = before?.timers.filter((one) => one !== timer) ?? [];
    if (late < 0)
      this.hurries.push({ ...place, kind: 'hurry', by: -late, event, alone: others.some((one) => has(after, one)) });
  }

  /** Where timers have come nearer without any of them firing, somebody has let time pass. */
  #passTime(at: number, before: HostDocument | undefined, after: HostDocument | undefined): void {
    for (const { id, event, dueAt } of before?.timers ?? []) {
      const now = after?.timers.find((one) => one.id === id && one.event.type === event.type);
      const by = now === undefined ? 0 : dueAt - now.dueAt;
      // Ahead of all else that happens at this moment.
      if (by > 0) return void this.hurries.push({ at, id: '', kind: 'hurry', by, event: event.type, alone: false });
    }
  }

  #begin(at: number, journey: string, machine: HostDocument | undefined): void {
    if (machine === undefined) {
      this.gap = { at, reason: 'a step was too large to keep' };
      return;
    }
    this.#machines.set(journey, machine);
    for (const { id, name, input } of machine.tasks) {
      const key = `${journey} ${id}`;
      if (!this.#tasks.has(key)) this.#tasks.set(key, { name, input, beganAt: at });
    }
  }
}

/** Events that come from outside. */
const FROM_OUTSIDE: ReadonlySet<string> = new Set([
  ...['xstate.init', 'message.received', 'message.delivered', 'message.failed', 'conversation.resumed'],
  'parley.migrate',
]);

function isTimer(type: string): boolean {
  return !FROM_OUTSIDE.has(type) && !TASK.test(type);
}

/** Whether a machine has a timer that is due at the same moment. */
function has(machine: HostDocument | undefined, { id, event, dueAt }: HostTimer): boolean {
  return machine?.timers.some((one) => one.id === id && one.event.type === event.type && one.dueAt === dueAt) ?? false;
}
