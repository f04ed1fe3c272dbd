import type { ConversationKey } from './address.ts';
import type { AppRuntime } from './app-runtime.ts';
import type { ConversationDocument, Journey, TaskError, TaskOutcome } from './document.ts';
import { codeOf, ParleyError } from './errors.ts';
import { decode, encode } from './host/codec.ts';
import type { TaskFunction } from './host/durable-machine.ts';
import type { HostTask } from './host/host.ts';
import type { Clock, Log } from './runtime.ts';

/** Runs the promises that machines wait for. */
export interface TaskRunner {
  /** Begins the document's tasks that are leased to this process, and aborts those that it does not want any more. */
  follow(document: ConversationDocument, runtime: AppRuntime): void;
  /** @param name `<journey>:<task>` */
  isRunning(key: ConversationKey, name: string): boolean;
  /** The conversations that have tasks running. */
  conversations(): Iterable<ConversationKey>;
  /** Aborts everything; nothing more is reported. */
  stop(): void;
}

export interface TaskRunnerOptions {
  readonly owner: string;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a task may take, in milliseconds. */
  readonly timeout: number;
  /** Commits how a task has ended. */
  readonly report: (key: ConversationKey, journey: string, task: string, outcome: TaskOutcome) => Promise<void>;
  /** Is given all work, so that somebody can wait for it. */
  readonly track: (work: Promise<unknown>) => void;
}

export function createTaskRunner({ owner, clock, log, timeout, report, track }: TaskRunnerOptions): TaskRunner {
  const running = new Map<ConversationKey, Map<string, AbortController>>();

  function begin(key: ConversationKey, journey: Journey, task: HostTask, runtime: AppRuntime): void {
    const abort = new AbortController();
    const ofConversation = running.get(key) ?? new Map<string, AbortController>();
    running.set(key, ofConversation.set(nameOf(journey, task.id), abort));
    const { attempts } = journey.tasks[task.id] ?? { attempts: 1 };
    track(
      outcomeOf(task, journey, attempts, runtime, abort).then((outcome) =>
        reportUnlessDropped(key, journey, task, abort, outcome),
      ),
    );
  }

  async function reportUnlessDropped(
    key: ConversationKey,
    journey: Journey,
    task: HostTask,
    abort: AbortController,
    outcome: TaskOutcome,
  ): Promise<void> {
    // Not running any more: its state was left, or the process is going down and another will run it.
    if (running.get(key)?.get(nameOf(journey, task.id)) !== abort) return;
    if (outcome.kind === 'failed')
      log.warn({ task: task.name, bot: journey.bot, code: outcome.error.code ?? outcome.error.name }, 'a task failed');
    await report(key, journey.id, task.id, outcome);
    forget(key, nameOf(journey, task.id));
  }

  async function outcomeOf(
    task: HostTask,
    journey: Journey,
    attempt: number,
    runtime: AppRuntime,
    abort: AbortController,
  ): Promise<TaskOutcome> {
    const { machine } = journey;
    const run = runtime.version(journey.bot, journey.version)?.host.taskFunction(task.name);
    try {
      if (run === undefined)
        throw new ParleyError('error.platform.task.unknown', { task: task.name, bot: journey.bot });
      const { input } = machine.meta === undefined ? task : decodedTask(machine, task);
      const output = await withTimeout(
        run,
        { input, attempt, idempotencyKey: `${journey.id}:${task.id}` },
        abort,
        task.name,
      );
      return { kind: 'done', output: encode(output) };
    } catch (error) {
      return { kind: 'failed', error: describe(error) };
    }
  }

  async function withTimeout(
    run: TaskFunction,
    context: Omit<Parameters<TaskFunction>[0], 'signal'>,
    abort: AbortController,
    name: string,
  ): Promise<unknown> {
    let cancel: (() => void) | undefined;
    const timedOut = new Promise<never>((_, reject) => {
      cancel = clock.setTimeout(() => {
        const error = new ParleyError('error.platform.task.timeout', { task: name, timeout });
        reject(error);
        abort.abort(error);
      }, timeout);
    });
    try {
      return await Promise.race([run({ ...context, signal: abort.signal }), timedOut]);
    } finally {
      cancel?.();
    }
  }

  function forget(key: ConversationKey, name: string): void {
    const ofConversation = running.get(key);
    ofConversation?.delete(name);
    if (ofConversation?.size === 0) running.delete(key);
  }

  return {
    follow({ key, journey }, runtime) {
      const wanted = journey?.machine.tasks ?? [];
      const names = new Set(wanted.map(({ id }) => journey && nameOf(journey, id)));
      for (const [name, abort] of running.get(key) ?? []) {
        if (names.has(name)) continue;
        forget(key, name);
        abort.abort(new Error('The state that waited for this was left.'));
      }
      if (journey === undefined) return;
      for (const task of wanted) {
        if (journey.tasks[task.id]?.lease?.owner !== owner || running.get(key)?.has(nameOf(journey, task.id))) continue;
        begin(key, journey, task, runtime);
      }
    },
    isRunning: (key, name) => running.get(key)?.has(name) ?? false,
    conversations: () => running.keys(),
    stop() {
      const all = [...running.values()].flatMap((ofConversation) => [...ofConversation.values()]);
      running.clear();
      for (const abort of all) abort.abort(new ParleyError('error.platform.engine.stopped'));
    },
  };
}

/** A task's name among all journeys of a conversation. */
export function nameOf(journey: Pick<Journey, 'id'>, task: string): string {
  return `${journey.id}:${task}`;
}

function decodedTask({ snapshot, timers, tasks, meta }: Journey['machine'], task: HostTask): HostTask {
  const encoded = { json: { snapshot, timers, tasks }, ...(meta === undefined ? {} : { meta }) };
  return decode(encoded).tasks.find(({ id }) => id === task.id) ?? task;
}

function describe(error: unknown): TaskError {
  const code = error instanceof ParleyError ? codeOf(error) : (error as { code?: unknown } | undefined)?.code;
  return {
    name: error instanceof Error ? error.name : 'Error',
    message: error instanceof Error ? error.message : String(error),
    ...(typeof code === 'string' ? { code } : {}),
  };
}
