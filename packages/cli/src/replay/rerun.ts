import {
  type ActivityRecord,
  type ActorProfile,
  type ConversationDocument,
  dueAtOf,
  type MessageId,
  type MessageRecord,
  ParleyError,
  partiesOf,
  type TurnCommit,
} from '@parley/core';
import { encode, stateValueOf } from '@parley/core/host';
import { type AppRuntime, type TurnContext, type TurnEvent, takeTurn } from '@parley/core/turn';
import type {
  Gap,
  HeardWords,
  JourneyState,
  RecordedInput,
  RecordedTask,
  RecordedText,
  Recording,
} from './recording.ts';

/** What the current code does with a recorded journey. */
export interface Rerun {
  /** What was heard and said, and what the bot could not take in, in order. */
  readonly course: readonly Happening[];
  /** Absent where no bot has begun. */
  readonly end: JourneyState | undefined;
  /** From where on nobody can say what would happen, and why. */
  readonly stop: Gap | undefined;
  /** What makes it doubtful. */
  readonly doubts: readonly string[];
  /** What would be known of the person afterwards. */
  readonly actor: ActorProfile;
}

export type Happening =
  | ({ readonly kind: 'heard'; readonly at: number } & Pick<HeardWords, 'text' | 'media'>)
  | ({ readonly kind: 'said'; readonly at: number } & Pick<RecordedText, 'text' | 'media'>)
  | { readonly kind: 'trouble'; readonly at: number; readonly code: string; readonly reason?: string };

/** What is still to come, in the order of moments and of what was recorded first. */
interface Coming {
  readonly at: number;
  readonly id: string;
  readonly happen: () => void;
}

/** A machine that sets a timer with every one that fires would never come to the end. */
const MOST_TURNS = 5_000;

/** Longer than any journey, in milliseconds. */
const FOR_EVER = 400 * 86_400_000;

/**
 * Takes what went into a recorded journey into the current bot, at the same moments. Turns are taken in memory: nothing is sent, stored or
 * begun; tasks end as they ended then.
 */
export function rerun(recording: Recording, runtime: AppRuntime, actor: ActorProfile): Rerun {
  const runner = new Runner(recording, runtime, recording.actor ?? actor);
  runner.run();
  return runner;
}

class Runner implements Rerun {
  readonly course: Happening[] = [];
  readonly doubts: string[] = [];
  stop: Gap | undefined;
  readonly #recording: Recording;
  readonly #runtime: AppRuntime;
  readonly #coming: Coming[] = [];
  readonly #unusedTasks: RecordedTask[];
  readonly #knownTasks = new Set<string>();
  #document: ConversationDocument;
  #ended: JourneyState | undefined;
  /** Where it is at the last moment that is recorded. */
  #endThen: { readonly state: JourneyState | undefined } | undefined;
  #said = 0;
  #hasGivenUp = false;
  #now: number;
  #ids = 0;

  constructor(recording: Recording, runtime: AppRuntime, actor: ActorProfile) {
    const { conversation, app, startedAt, isFirst, gap } = recording;
    this.#recording = recording;
    this.#runtime = runtime;
    this.#unusedTasks = [...recording.tasks];
    this.stop = gap;
    this.#now = startedAt;
    this.#document = {
      ...{
        format: 1,
        key: conversation,
        app,
        ...partiesOf(conversation),
        createdAt: startedAt,
        turns: 1,
        actor,
        outbox: [],
      },
      ...(isFirst ? {} : { heardAt: startedAt }),
    };
  }

  get actor(): ActorProfile {
    return this.#document.actor;
  }

  get end(): JourneyState | undefined {
    const isRunning = this.#recording.end.how === 'running';
    return isRunning && this.#endThen !== undefined ? this.#endThen.state : this.#state;
  }

  get #state(): JourneyState | undefined {
    const { journey } = this.#document;
    return journey === undefined ? this.#ended : { how: 'running', state: stateValueOf(journey.machine) };
  }

  run(): void {
    const { inputs } = this.#recording;
    this.#begin();
    for (const input of inputs) this.#expect(input.at, input.id, () => this.#take(input));
    for (let turns = 0; this.#step(); turns++) {
      if (turns > MOST_TURNS) this.#giveUp('it does not come to an end');
    }
  }

  /** Lets the next thing happen, if there is one. */
  #step(): boolean {
    if (this.#hasGivenUp) return false;
    const { until, horizon, gap } = this.#recording;
    const due = this.#dueAt();
    const [next] = this.#coming;
    const at = Math.max(this.#now, Math.min(due, next?.at ?? Number.POSITIVE_INFINITY));
    if (at > horizon || !Number.isFinite(at) || (gap !== undefined && at >= gap.at)) return false;
    if (at > until) this.#endThen ??= { state: this.#state };
    this.#now = at;
    if (next === undefined || due <= next.at) this.#turn({ kind: 'wake' });
    else {
      this.#coming.shift();
      next.happen();
    }
    return true;
  }

  /** When something is due by itself; never while nobody was there. */
  #dueAt(): number {
    const due = dueAtOf(this.#document) ?? Number.POSITIVE_INFINITY;
    const outage = this.#recording.outages.find(({ from, to }) => from <= due && due < to);
    return outage?.to ?? due;
  }

  #begin(): void {
    const { start, bot, startedAt } = this.#recording;
    if (start.kind === 'text') {
      this.#now = Math.min(start.at, startedAt);
      return this.#hear(start);
    }
    if (!start.isKnown) this.#doubt('what a program started it with is kept in a journal only');
    const data = start.data === undefined ? {} : { data: start.data };
    this.#turn({ kind: 'start', bot, conflict: 'replace', ...data });
  }

  #take(input: RecordedInput): void {
    switch (input.kind) {
      case 'text':
        return this.#hear(input);
      case 'hand-over':
        return this.#turn({ kind: 'hand-over', to: input.to });
      case 'resume':
      case 'retry':
      case 'skip':
        return this.#turn({ kind: input.kind });
      case 'prolong':
        return this.#turn({ kind: 'prolong', by: Math.max(1, input.until - this.#now) });
      case 'hurry':
        return this.#hurry(input);
    }
  }

  #hear({ text, media, heardAt }: HeardWords): void {
    this.course.push({ kind: 'heard', at: this.#now, text, media });
    const { key, app, ours, theirs } = this.#document;
    this.#turn({
      kind: 'inbound',
      message: {
        ...{
          id: this.#newId() as MessageId,
          conversation: key,
          app,
          direction: 'inbound',
          ours,
          theirs,
          text,
          media,
          at: heardAt,
        },
        ...{ origin: { kind: 'actor' }, category: 'conversational', status: 'received', history: [] },
      },
    });
  }

  #hurry({ by, event, alone }: Extract<RecordedInput, { kind: 'hurry' }>): void {
    const timer = this.#document.journey?.machine.timers.find((one) => one.event.type === event);
    this.#turn(alone && timer !== undefined ? { kind: 'fire', timer } : { kind: 'pass', by });
  }

  #turn(event: TurnEvent): void {
    let commit: TurnCommit | undefined;
    try {
      ({ commit } = takeTurn(this.#document, event, this.#context()));
    } catch (error) {
      // What people asked for then makes no sense where the journey has gone elsewhere.
      if (error instanceof ParleyError && event.kind !== 'start') return;
      throw error;
    }
    if (commit === undefined) return;
    const { dispatch: _, remember: __, ...document } = commit.document;
    this.#document = { ...document, outbox: [] };
    this.#note(commit);
    this.#noteTasks();
  }

  #context(): TurnContext {
    return {
      runtime: this.#runtime,
      key: this.#document.key,
      now: this.#now,
      newId: () => this.#newId(),
      profile: this.#document.actor,
      worker: {
        ...{ owner: 'replay', alone: true, dispatching: false, running: () => true },
        ...{ lease: FOR_EVER, taskTimeout: FOR_EVER },
      },
    };
  }

  #newId(): string {
    this.#ids += 1;
    return String(this.#ids).padStart(12, '0');
  }

  /** Writes down what a turn has brought, in the order in which it came about. */
  #note({ messages, activity }: TurnCommit): void {
    const all = [...messages, ...activity].sort((one, other) => (one.id < other.id ? -1 : 1));
    for (const one of all) {
      if ('kind' in one) this.#noteActivity(one);
      else if (one.direction === 'outbound') this.#noteText(one);
    }
  }

  #noteText({ text, media, id, origin }: MessageRecord): void {
    this.course.push({ kind: 'said', at: this.#now, text, media });
    this.#said += 1;
    if (origin.kind === 'bot') this.#expectFate(id, text);
  }

  #noteActivity({ kind, name = '', state }: ActivityRecord): void {
    switch (kind) {
      case 'journey.started':
        this.#ended = undefined;
        break;
      case 'journey.ended':
        this.#ended = { how: name, ...(state === undefined ? {} : { state }) };
        break;
      case 'journey.expired':
        this.#ended = { how: 'expired', ...(state === undefined ? {} : { state }) };
        break;
      case 'parked':
      case 'halted': {
        const { parked = [], halted } = this.#document;
        const reason = parked.findLast(({ code }) => code === name)?.reason ?? halted?.reason;
        this.course.push({ kind: 'trouble', at: this.#now, code: name, ...(reason === undefined ? {} : { reason }) });
      }
    }
  }

  /** What becomes of a text is what became of the one in its place. */
  #expectFate(id: MessageId, text: string): void {
    const { said } = this.#recording;
    const inPlace = said[this.#said - 1];
    const like = inPlace?.text === text ? inPlace : (said.find((one) => one.text === text) ?? inPlace);
    const journey = this.#document.journey?.id;
    if (like?.fate === undefined || journey === undefined) return;
    const { fate } = like;
    const at = this.#now + Math.max(0, fate.at - like.at);
    const event =
      fate.kind === 'delivered'
        ? ({ type: 'message.delivered', message: id } as const)
        : ({ type: 'message.failed', message: id, code: fate.code, reason: fate.reason } as const);
    const update = { status: fate.kind, at, source: 'callback' } as const;
    this.#expect(at, fate.id, () => this.#turn({ kind: 'fate', update, journey, event }));
  }

  /** Finds the tasks that have begun, and has them end as they did then. */
  #noteTasks(): void {
    const { journey } = this.#document;
    for (const { id, name, input } of journey?.machine.tasks ?? []) {
      const key = `${journey?.id} ${id}`;
      if (this.#knownTasks.has(key)) continue;
      this.#knownTasks.add(key);
      const recorded = this.#takeRecorded(name, input);
      if (recorded === undefined) this.#giveUp(this.#whyNoResult(name));
      else if (recorded.result !== undefined && journey !== undefined)
        this.#expectResult(journey.id, id, recorded, recorded.result);
    }
  }

  #takeRecorded(name: string, input: unknown): RecordedTask | undefined {
    const same = this.#unusedTasks.filter((task) => task.name === name);
    const found = same.find((task) => isEqual(task.input, input)) ?? same[0];
    if (found === undefined) return undefined;
    this.#unusedTasks.splice(this.#unusedTasks.indexOf(found), 1);
    if (!isEqual(found.input, input))
      this.#doubt(`the task ${name} would be given something else than the one whose result is recorded`);
    return found;
  }

  #expectResult(
    journey: string,
    task: string,
    { beganAt }: RecordedTask,
    result: NonNullable<RecordedTask['result']>,
  ): void {
    const outcome =
      result.kind === 'done'
        ? ({ kind: 'done', output: encode(result.output) } as const)
        : ({ kind: 'failed', error: encode(result.error), code: '' } as const);
    const at = this.#now + Math.max(0, result.at - beganAt);
    this.#expect(at, result.id, () => this.#turn({ kind: 'task', journey, task, outcome }));
  }

  #whyNoResult(name: string): string {
    if (!this.#recording.hasJournal) return 'results of tasks are kept in a journal only';
    return `the task ${name} has no recorded result`;
  }

  #expect(at: number, id: string, happen: () => void): void {
    const place = this.#coming.findIndex((other) => other.at > at || (other.at === at && other.id > id));
    this.#coming.splice(place === -1 ? this.#coming.length : place, 0, { at, id, happen });
  }

  #doubt(reason: string): void {
    if (!this.doubts.includes(reason)) this.doubts.push(reason);
  }

  #giveUp(reason: string): void {
    this.#hasGivenUp = true;
    // Beyond what is recorded nobody misses anything.
    if (this.#now <= this.#recording.until) this.stop = { at: this.#now, reason };
  }
}

/** Whether two values are the same as JSON. */
export function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, field]) => [key, sorted(field)]),
  );
}
