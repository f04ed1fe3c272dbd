import { fromPromise, type NonReducibleUnknown, type PromiseActorLogic } from 'xstate';
import * as z from 'zod';
import type { TaskFunction } from './host/logic.ts';
import { parseOptions } from './parse-options.ts';

/** What a task's function is given. */
export interface TaskArguments<Input> {
  readonly input: Input;
  /** Aborted when the state that wanted the result was left, or the time is up. */
  readonly signal: AbortSignal;
  /** The same for every attempt at the same task: hand it to whatever must not happen twice. */
  readonly idempotencyKey: string;
  /** 1 at first; counts attempts that a crash has cut short as well. */
  readonly attempt: number;
}

/** How a task is carried out. All times in milliseconds. */
export interface TaskOptions {
  /** How often it may fail before the machine hears of it (`onError`). Default 1: at the first failure. */
  readonly attempts?: number;
  /**
   * The wait before the next attempt: `first` (default 1,000) after the first failure, `factor` (default 2) times as long after
   * each further one, `longest` (default 60,000) at most. Up to half of it is taken off by chance, so that a crowd of
   * tasks does not come back at once.
   */
  readonly backoff?: { readonly first?: number; readonly factor?: number; readonly longest?: number };
  /** Whether another attempt is worth it after this error. Default: after every error. */
  readonly retryIf?: (error: unknown) => boolean;
  /** How long one attempt may take. Default: the engine's `taskTimeout`, 60,000 unless set. */
  readonly timeout?: number;
  /** How many of this task one process runs at the same time. Default: as many as the engine's `tasksAtOnce`. */
  readonly atOnce?: number;
}

const optionsSchema = z.strictObject({
  attempts: z.number().int().positive().optional(),
  backoff: z
    .strictObject({
      first: z.number().nonnegative().optional(),
      factor: z.number().min(1).optional(),
      longest: z.number().nonnegative().optional(),
    })
    .optional(),
  retryIf: z.custom<TaskOptions['retryIf']>((value) => typeof value === 'function').optional(),
  timeout: z.number().positive().optional(),
  atOnce: z.number().int().positive().optional(),
});

/**
 * XState's `fromPromise`, with what work in the world needs: further attempts, a time limit, a key against doing it twice.
 *
 * ```ts
 * actors: {
 *   book: fromTask(
 *     ({ input, idempotencyKey, signal }: TaskArguments<{ day: string }>) => calendar.book(input.day, { idempotencyKey, signal }),
 *     { attempts: 5, timeout: 10_000, atOnce: 4 },
 *   ),
 * }
 * ```
 *
 * It runs at least once: a process that dies while it is at work has it begun again elsewhere, which does not count as a failure.
 * Outside of Parley, in an XState actor, it runs once.
 *
 * @throws `error.platform.config.malformed`
 */
export function fromTask<Output, Input = NonReducibleUnknown>(
  work: (task: TaskArguments<Input>) => PromiseLike<Output>,
  options: TaskOptions = {},
): PromiseActorLogic<Output, Input> {
  parseOptions(optionsSchema, options, 'fromTask');
  const run = (given: { input: Input; signal: AbortSignal; self?: { id: string } } & Partial<TaskArguments<Input>>) => {
    const { input, signal, attempt = 1, idempotencyKey = given.self?.id ?? '' } = given;
    return work({ input, signal, attempt, idempotencyKey });
  };
  return fromPromise<Output, Input>(Object.assign(run, { [OPTIONS]: options }) as never);
}

/** Where a task's function carries its options, out of XState's sight. */
const OPTIONS = Symbol('parley.task');

const NONE: TaskOptions = {};

/** The options of a task; none for a plain `fromPromise`. */
export function taskOptions(work: TaskFunction | undefined): TaskOptions {
  return (work as { readonly [OPTIONS]?: TaskOptions } | undefined)?.[OPTIONS] ?? NONE;
}

/**
 * How long to wait after a failure before the next attempt, in milliseconds; `undefined` when there is none.
 *
 * @param failures how many attempts have failed, this one included
 */
export function waitAfterFailure(
  { attempts = 1, backoff = {}, retryIf }: TaskOptions,
  error: unknown,
  failures: number,
  random: () => number,
): number | undefined {
  if (failures >= attempts || retryIf?.(error) === false) return undefined;
  const { first = 1000, factor = 2, longest = 60_000 } = backoff;
  const wait = Math.min(longest, first * factor ** (failures - 1));
  return Math.round(wait / 2 + (random() * wait) / 2);
}
