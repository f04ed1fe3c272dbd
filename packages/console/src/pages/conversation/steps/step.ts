import type { Activity } from '@parley/api';

/** A step of the journal as its activity has it. What a machine was told or has become is absent where the app keeps it to itself. */
export interface Step {
  readonly id: string;
  readonly at: number;
  readonly journey: string;
  readonly bot: string;
  /** The type of the event. */
  readonly name: string;
  readonly event: unknown;
  /** XState's state value after it. */
  readonly state: unknown;
  readonly view: StateView | undefined;
}

/** A machine at some moment, as it is shown. */
export interface StateView {
  readonly state: unknown;
  readonly context?: unknown;
  /** Machines that it has started. */
  readonly children?: Readonly<Record<string, ChildView>>;
  readonly timers?: unknown;
  readonly tasks?: unknown;
  readonly output?: unknown;
}

/** A machine within a machine. */
export interface ChildView {
  readonly state: unknown;
  readonly context?: unknown;
  readonly children?: Readonly<Record<string, ChildView>>;
}

interface Snapshot {
  readonly value?: unknown;
  readonly context?: unknown;
  readonly children?: Readonly<Record<string, { readonly snapshot?: Snapshot }>>;
}

interface Journalled {
  readonly event?: unknown;
  readonly state?: unknown;
  readonly machine?: {
    readonly snapshot?: Snapshot;
    readonly timers?: readonly { readonly id: string; readonly dueAt: number }[];
    readonly tasks?: readonly { readonly id: string; readonly name: string; readonly input?: unknown }[];
    readonly output?: unknown;
  };
}

export function stepOf({ id, at, journey = '', bot = '', name = '', data }: Activity): Step {
  const { event, state, machine } = (data ?? {}) as Journalled;
  return { id, at, journey, bot, name, event, state, view: machine && viewOf(state, machine) };
}

function viewOf(state: unknown, machine: NonNullable<Journalled['machine']>): StateView {
  const { snapshot = {}, timers = [], tasks = [], output } = machine;
  const children = childrenOf(snapshot);
  return {
    state,
    ...(snapshot.context === undefined ? {} : { context: snapshot.context }),
    ...(Object.keys(children).length === 0 ? {} : { children }),
    ...(timers.length === 0 ? {} : { timers: timers.map(({ id, dueAt }) => ({ id, dueAt })) }),
    ...(tasks.length === 0 ? {} : { tasks: tasks.map(({ id, name, input }) => ({ id, name, input })) }),
    ...(output === undefined ? {} : { output }),
  };
}

/** Machines within a machine; promises have neither a state nor anything that they know. */
function childrenOf({ children = {} }: Snapshot): Readonly<Record<string, ChildView>> {
  const machines = Object.entries(children).filter(([, { snapshot }]) => snapshot?.value !== undefined);
  return Object.fromEntries(
    machines.map(([id, { snapshot = {} }]) => {
      const within = childrenOf(snapshot);
      const { value, context } = snapshot;
      return [id, { state: value, context, ...(Object.keys(within).length === 0 ? {} : { children: within }) }];
    }),
  );
}

/** What a machine is compared with that has just begun. */
export const NOTHING = { context: {}, children: {} };

/** What a step is compared by with the one before: what the machine knows, and the machines that it has started. */
export function comparable({ view }: Step): unknown {
  return view && { context: view.context ?? {}, children: view.children ?? {} };
}
