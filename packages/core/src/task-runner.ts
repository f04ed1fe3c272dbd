import type { ConversationKey } from './address.ts';
import type { AppRuntime } from './app-runtime.ts';
import type { ConversationDocument, Journey, TaskOutcome } from './document.ts';
import { codeOf, ParleyError } from './errors.ts';
import { checkValue } from './host/check.ts';
import { decode, type Encoded, encode } from './host/codec.ts';
import type { HostTask } from './host/document.ts';
import type { TaskFunction } from './host/logic.ts';
import type { Runtime } from './runtime.ts';
import { taskOptions, waitAfterFailure } from './task.ts';
import { nameOf } from './task-name.ts';
import { TaskSlots } from './task-slots.ts';

/** Runs the promises that machines wait for. */
export interface TaskRunner {
  /**
   * Takes note of a commit: aborts the tasks that it does not want any more, and begins those that are leased to this
   * process once whoever waited for the commit has been answered.
   */
  committed(document: ConversationDocument, runtime: AppRuntime): void;
  /**
   * Whether this process is at a task, or has it waiting for room.
   *
   * @param name `<journey>:<task>`
   */
  isRunning(key: ConversationKey, name: string): boolean;
  /** The conversations that have tasks running. */
  conversations(): Iterable<ConversationKey>;
  /** Aborts everything; nothing more is reported. */
  stop(): void;
}

export interface TaskRunnerOptions {
  readonly owner: string;
  readonly runtime: Runtime;
  /** How long an attempt may take unless the task says otherwise, in milliseconds. */
  readonly timeout: number;
  /** How many tasks may run at the same time. */
  readonly atOnce: number;
  /** Whether a result that a document can not hold fails the task. */
  readonly check: boolean;
  /** Commits how a task has ended. */
  readonly report: (key: ConversationKey, journey: string, task: string, outcome: TaskOutcome) => Promise<void>;
  /** Commits more time on the lease; resolves to the document as it is then. */
  readonly extend: (key: ConversationKey, journey: string, task: string) => Promise<ConversationDocument | undefined>;
  /** Is given all work, so that somebody can wait for it. */
  readonly track: (work: Promise<unknown>) => void;
}

/** One task that is under way. */
interface Run {
  readonly key: ConversationKey;
  readonly journey: Journey;
  readonly task: HostTask;
  readonly work: TaskFunction | undefined;
  readonly abort: AbortController;
  /** When its lease ends, by the monotonic clock. */
  readonly leaseEnds: number;
}

/** What has to be left of a lease beyond the time that an attempt may take, in milliseconds. */
const LEASE_MARGIN = 1000;

export function createTaskRunner(options: TaskRunnerOptions): TaskRunner {
  const { owner, runtime, report, extend, track } = options;
  const { clock, log } = runtime;
  const running = new Map<ConversationKey, Map<string, Run>>();
  const slots = new TaskSlots(options.atOnce);
  let stopped = false;

  async function carryOut(run: Run): Promise<void> {
    const { key, journey, task, work } = run;
    await runtime.afterAnswer();
    const leave = await slots.take(`${journey.bot}/${task.name}`, taskOptions(work).atOnce);
    let outcome: TaskOutcome | undefined;
    try {
      if (isUnderWay(run) && (await holds(run))) outcome = await outcomeOf(run);
    } finally {
      leave();
    }
    // Its state was left meanwhile, another process has it, or this one is going down and another will run it.
    if (outcome === undefined || !isUnderWay(run)) return forget(run);
    if (outcome.kind !== 'done') {
      log.warn(
        { task: task.name, bot: journey.bot, code: outcome.code, again: outcome.kind === 'retry' },
        'a task failed',
      );
    }
    // The turn that hears of it may take the next attempt on at once.
    if (outcome.kind === 'retry') forget(run);
    await report(key, journey.id, task.id, outcome);
    forget(run);
  }

  function timeoutOf({ work }: Run): number {
    return taskOptions(work).timeout ?? options.timeout;
  }

  /** Makes sure that nobody else takes the task up while it is at work here: it may have waited long for room. */
  async function holds(run: Run): Promise<boolean> {
    const { key, journey, task, leaseEnds } = run;
    if (leaseEnds - clock.monotonic() >= timeoutOf(run) + LEASE_MARGIN) return true;
    const document = await extend(key, journey.id, task.id);
    return isUnderWay(run) && document?.journey?.tasks[task.id]?.lease?.owner === owner;
  }

  async function outcomeOf(run: Run): Promise<TaskOutcome> {
    try {
      const output = await attempt(run);
      // Before it is encoded, which loses without a word what a document can not hold.
      if (options.check) checkValue(run.journey.bot, output, `${run.task.name}.output`);
      return { kind: 'done', output: encode(output) };
    } catch (error) {
      const code = codeOfTask(error);
      const failures = (run.journey.tasks[run.task.id]?.failures ?? 0) + 1;
      const wait = waitAfterFailure(taskOptions(run.work), error, failures, runtime.random);
      if (wait !== undefined) return { kind: 'retry', at: clock.now() + wait, code };
      return { kind: 'failed', error: encodeError(error), code };
    }
  }

  async function attempt(run: Run): Promise<unknown> {
    const { journey, task, work, abort } = run;
    if (work === undefined) throw new ParleyError('error.platform.task.unknown', { task: task.name, bot: journey.bot });
    const { input } = decodedTask(journey.machine, task);
    const timeout = timeoutOf(run);
    let cancel = (): void => {};
    const timedOut = new Promise<never>((_, reject) => {
      cancel = clock.setTimeout(() => {
        const error = new ParleyError('error.platform.task.timeout', { task: task.name, timeout });
        reject(error);
        abort.abort(error);
      }, timeout);
    });
    try {
      const result = work({
        input,
        attempt: journey.tasks[task.id]?.attempts ?? 1,
        idempotencyKey: nameOf(journey, task.id),
        signal: abort.signal,
      });
      return await Promise.race([result, timedOut]);
    } finally {
      cancel();
    }
  }

  function isUnderWay(run: Run): boolean {
    return running.get(run.key)?.get(nameOf(run.journey, run.task.id)) === run;
  }

  function forget(run: Run): void {
    if (!isUnderWay(run)) return;
    const { key, journey, task } = run;
    const ofConversation = running.get(key);
    ofConversation?.delete(nameOf(journey, task.id));
    if (ofConversation?.size === 0) running.delete(key);
  }

  function abortUnwanted(key: ConversationKey, wanted: ReadonlySet<string>): void {
    for (const [name, run] of running.get(key) ?? []) {
      if (wanted.has(name)) continue;
      forget(run);
      run.abort.abort(new Error('The state that waited for this was left.'));
    }
  }

  function begin(key: ConversationKey, journey: Journey, task: HostTask, work: TaskFunction | undefined): void {
    const until = journey.tasks[task.id]?.lease?.until ?? 0;
    const leaseEnds = clock.monotonic() + until - clock.now();
    const run: Run = { key, journey, task, work, abort: new AbortController(), leaseEnds };
    const ofConversation = running.get(key) ?? new Map<string, Run>();
    running.set(key, ofConversation.set(nameOf(journey, task.id), run));
    track(carryOut(run));
  }

  return {
    committed({ key, journey }, app) {
      const names = journey?.machine.tasks.map(({ id }) => nameOf(journey, id));
      abortUnwanted(key, new Set(names));
      if (stopped) return;
      for (const task of journey?.machine.tasks ?? []) {
        if (journey === undefined || journey.tasks[task.id]?.lease?.owner !== owner) continue;
        if (running.get(key)?.has(nameOf(journey, task.id))) continue;
        begin(key, journey, task, app.version(journey.bot, journey.version)?.host.taskFunction(task.name));
      }
    },
    isRunning: (key, name) => running.get(key)?.has(name) ?? false,
    conversations: () => running.keys(),
    stop() {
      stopped = true;
      const all = [...running.values()].flatMap((ofConversation) => [...ofConversation.values()]);
      running.clear();
      for (const { abort } of all) abort.abort(new ParleyError('error.platform.engine.stopped'));
    },
  };
}

function decodedTask({ snapshot, timers, tasks, meta }: Journey['machine'], task: HostTask): HostTask {
  if (meta === undefined) return task;
  return decode({ json: { snapshot, timers, tasks }, meta }).tasks.find(({ id }) => id === task.id) ?? task;
}

/** The registry's code, the error's own, or its class. */
function codeOfTask(error: unknown): string {
  const own = (error as { readonly code?: unknown } | null | undefined)?.code;
  return typeof own === 'string' ? own : classOf(error);
}

/** What was thrown, as far as JSON can hold it. */
function encodeError(error: unknown): Encoded<unknown> {
  try {
    return encode(error instanceof Error ? named(error) : error);
  } catch {
    return encode(error instanceof Error ? new Error(error.message) : String(error));
  }
}

/** An error whose class is only in its constructor keeps it as its name. */
function named(error: Error): Error {
  const name = classOf(error);
  if (name === error.name) return error;
  const { code, status } = error as { readonly code?: unknown; readonly status?: unknown };
  const copy = new Error(error.message, error.cause === undefined ? {} : { cause: error.cause });
  return Object.assign(copy, { name }, code === undefined ? {} : { code }, status === undefined ? {} : { status });
}

function classOf(error: unknown): string {
  if (!(error instanceof Error) || error.name !== 'Error') return codeOf(error);
  return error.constructor.name || error.name;
}
