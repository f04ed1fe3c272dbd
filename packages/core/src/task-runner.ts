import type { ConversationKey } from './address.ts';
import type { AppRuntime } from './app-runtime.ts';
import type { ConversationDocument, Journey, TaskError, TaskOutcome } from './document.ts';
import { codeOf, ParleyError } from './errors.ts';
import { decode, encode } from './host/codec.ts';
import type { HostTask } from './host/document.ts';
import type { TaskFunction } from './host/logic.ts';
import type { Runtime } from './runtime.ts';
import { nameOf } from './task-name.ts';

/** Runs the promises that machines wait for. */
export interface TaskRunner {
  /**
   * Takes note of a commit: aborts the tasks that it does not want any more, and begins those that are leased to this
   * process once whoever waited for the commit has been answered.
   */
  committed(document: ConversationDocument, runtime: AppRuntime): void;
  /** @param name `<journey>:<task>` */
  isRunning(key: ConversationKey, name: string): boolean;
  /** The conversations that have tasks running. */
  conversations(): Iterable<ConversationKey>;
  /** Aborts everything; nothing more is reported. */
  stop(): void;
}

export interface TaskRunnerOptions {
  readonly owner: string;
  readonly runtime: Runtime;
  /** How long a task may take, in milliseconds. */
  readonly timeout: number;
  /** Commits how a task has ended. */
  readonly report: (key: ConversationKey, journey: string, task: string, outcome: TaskOutcome) => Promise<void>;
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
}

export function createTaskRunner({ owner, runtime, timeout, report, track }: TaskRunnerOptions): TaskRunner {
  const { clock, log } = runtime;
  const running = new Map<ConversationKey, Map<string, Run>>();
  let stopped = false;

  async function carryOut(run: Run): Promise<void> {
    const { key, journey, task } = run;
    await runtime.afterAnswer();
    if (!isUnderWay(run)) return;
    const outcome = await outcomeOf(run);
    // Its state was left meanwhile, or the process is going down and another will run it.
    if (!isUnderWay(run)) return;
    if (outcome.kind === 'failed') {
      log.warn({ task: task.name, bot: journey.bot, code: outcome.error.code ?? outcome.error.name }, 'a task failed');
    }
    await report(key, journey.id, task.id, outcome);
    forget(run);
  }

  async function outcomeOf(run: Run): Promise<TaskOutcome> {
    try {
      return { kind: 'done', output: encode(await withTimeout(run)) };
    } catch (error) {
      return { kind: 'failed', error: describe(error) };
    }
  }

  async function withTimeout({ journey, task, work, abort }: Run): Promise<unknown> {
    if (work === undefined) throw new ParleyError('error.platform.task.unknown', { task: task.name, bot: journey.bot });
    const { input } = decodedTask(journey.machine, task);
    const attempt = journey.tasks[task.id]?.attempts ?? 1;
    let cancel = (): void => {};
    const timedOut = new Promise<never>((_, reject) => {
      cancel = clock.setTimeout(() => {
        const error = new ParleyError('error.platform.task.timeout', { task: task.name, timeout });
        reject(error);
        abort.abort(error);
      }, timeout);
    });
    try {
      const result = work({ input, attempt, idempotencyKey: nameOf(journey, task.id), signal: abort.signal });
      return await Promise.race([result, timedOut]);
    } finally {
      cancel();
    }
  }

  function isUnderWay(run: Run): boolean {
    return running.get(run.key)?.get(nameOf(run.journey, run.task.id)) === run;
  }

  function forget({ key, journey, task }: Run): void {
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
    const run: Run = { key, journey, task, work, abort: new AbortController() };
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

function describe(error: unknown): TaskError {
  const code = error instanceof ParleyError ? codeOf(error) : (error as { code?: unknown } | undefined)?.code;
  return {
    name: error instanceof Error ? error.name : 'Error',
    message: error instanceof Error ? error.message : String(error),
    ...(typeof code === 'string' ? { code } : {}),
  };
}
