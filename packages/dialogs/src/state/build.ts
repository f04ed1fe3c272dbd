import { type ActorProfile, ParleyError } from '@parley/core';
import { type AnyActorLogic, and, forwardTo } from 'xstate';
import type { Outcome } from '../outcome.ts';

/** A state that runs a dialog, out of sight of types. */
export interface StateOptions {
  readonly id?: string;
  readonly input?: (args: { readonly context: object; readonly event: unknown }) => object;
  readonly on?: Readonly<Record<string, unknown>>;
  readonly [other: string]: unknown;
}

/** A way out of a dialog, for the outcomes that it is for. */
export interface Way {
  /** The name of the option, for errors. */
  readonly name: string;
  readonly exit: unknown;
  readonly for: (outcome: Outcome<unknown>) => boolean;
  /** What is done ahead of the exit's own actions. */
  readonly actions?: readonly unknown[];
}

interface TransitionObject {
  readonly target?: unknown;
  readonly guard?: unknown;
  readonly actions?: unknown;
}

/** Invokes the dialog, hands it what the person texts, what became of its texts and that people give the conversation back, and leaves by the way that fits its outcome. */
export function stateWith(dialog: AnyActorLogic, ways: readonly Way[], options: StateOptions): object {
  const { id = idOf(dialog), input, on = {}, ...besides } = options;
  const forward = { actions: forwardTo(id) };
  return {
    ...besides,
    invoke: {
      src: dialog,
      id,
      input: (args: { context: object; event: unknown }) => ({ ...actorIn(args.context), ...input?.(args) }),
      onDone: ways.flatMap(transitionsOf),
    },
    on: {
      ...on,
      'message.received': [...listOf(on['message.received']), forward],
      'message.failed': [...listOf(on['message.failed']), forward],
      'conversation.resumed': [...listOf(on['conversation.resumed']), forward],
    },
  };
}

/** A dialog's own id says in diagrams what runs there. */
function idOf(dialog: AnyActorLogic): string {
  return 'id' in dialog && typeof dialog.id === 'string' ? dialog.id : 'dialog';
}

/** Machines that keep the person under `actor` need not hand them over. */
function actorIn(context: object): { readonly actor?: ActorProfile } {
  if (!('actor' in context)) return {};
  const { actor } = context;
  const isPerson = typeof actor === 'object' && actor !== null && 'address' in actor;
  return isPerson ? { actor: actor as ActorProfile } : {};
}

function transitionsOf({ name, exit, for: fits, actions = [] }: Way): readonly object[] {
  const transitions = listOf(exit);
  const last = transitions.at(-1);
  // Without a way to leave by, the conversation would stand still.
  if (last === undefined) throw malformed(`${name}: there is no such exit`);
  if (last.guard !== undefined) {
    throw malformed(`${name}: the last of its transitions has a guard, so that there may be no way on`);
  }
  return transitions.map((transition) => ({
    ...transition,
    guard: guardOf(fits, transition.guard),
    actions: [...actions, ...[transition.actions ?? []].flat()],
  }));
}

function guardOf(fits: Way['for'], guard: unknown): unknown {
  const isIt = ({ event }: { event: { output: Outcome<unknown> } }) => fits(event.output);
  return guard === undefined ? isIt : and([isIt, guard] as never);
}

function listOf(transitions: unknown): readonly TransitionObject[] {
  if (transitions === undefined) return [];
  const list: readonly (string | TransitionObject)[] = Array.isArray(transitions) ? transitions : [transitions];
  return list.map((one) => (typeof one === 'string' ? { target: one } : one));
}

function malformed(problem: string): ParleyError {
  return new ParleyError('error.platform.config.malformed', { where: 'ask', problem });
}
