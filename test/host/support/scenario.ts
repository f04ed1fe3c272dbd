import type { AnyEventObject, AnyStateMachine } from 'xstate';

/** One thing that happens to a machine. */
export type Happening =
  | { readonly send: AnyEventObject }
  /** Time passes, in milliseconds; timers come one by one, as they are due. */
  | { readonly advance: number }
  /**
   * The task of the actor at a path (`dialog/lookUp`), or at `*` whichever began first (`*1`: second), comes to its end.
   * Nothing happens when none is pending there.
   */
  | { readonly resolve: string; readonly output?: unknown }
  | { readonly reject: string; readonly error: unknown };

/** A machine and what happens to it. */
export interface Scenario {
  readonly machine: AnyStateMachine;
  readonly input?: unknown;
  readonly script: readonly Happening[];
}

/** The scenarios of one feature, by what each shows. */
export type Corpus = Readonly<Record<string, Scenario>>;

/** What can be seen of a machine, live or hosted: the two have to be equal. */
export interface View {
  readonly status: string;
  readonly error?: unknown;
  readonly output?: unknown;
  readonly tags?: readonly string[];
  readonly actors?: Readonly<Record<string, ActorView>>;
  readonly timers?: readonly TimerView[];
  readonly tasks?: readonly { readonly path: string; readonly input: unknown }[];
  /** Since the happening before. */
  readonly emitted?: readonly unknown[];
}

/** One actor, by its path in {@link View.actors}. */
export interface ActorView {
  readonly status: unknown;
  readonly value?: unknown;
  readonly context?: unknown;
  readonly history?: unknown;
  readonly output?: unknown;
  readonly error?: unknown;
}

export interface TimerView {
  readonly source: string;
  readonly target: string;
  readonly event: unknown;
  /** Milliseconds from now. */
  readonly remaining: number;
}

/** The pending task that a happening means. */
export function choose<Task>(path: string, tasks: readonly Task[], pathOf: (task: Task) => string | undefined) {
  return path.startsWith('*') ? tasks[Number(path.slice(1))] : tasks.find((task) => pathOf(task) === path);
}
