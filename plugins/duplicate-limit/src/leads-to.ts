import { type Saying, type StateNode, statesOf, type Transition, transitionsOf } from './sayings.ts';
import { around, byDefault, enteredBy, leavesItsState } from './ways.ts';

export interface RepeatRules {
  /** What is further apart is no repetition, in milliseconds. */
  readonly window: number;
  /** Whether texts may be repeated once the person has texted in between. */
  readonly answersRepeat: boolean;
}

/** Says whether one saying can be followed by another within the window. */
export type LeadsTo = (first: Saying, next: Saying) => boolean;

/** A transition, and what it comes to. */
interface Step {
  readonly transition: Transition;
  readonly entered: readonly StateNode[];
  /** How long after its state was entered it is taken at the earliest, in milliseconds. */
  readonly wait: number;
}

/**
 * A walk along transitions that adds up the delays on its way. Guards are taken to let everything pass, and delays that are computed to be
 * short. It remembers what it has seen of the machine.
 */
export function createLeadsTo(rules: RepeatRules): LeadsTo {
  const known = new Map<StateNode, readonly Step[]>();

  function stepsOf(state: StateNode): readonly Step[] {
    const steps =
      known.get(state) ??
      transitionsOf(state).map((transition) => ({
        transition,
        entered: enteredBy(transition),
        wait: waitOf(transition, rules),
      }));
    known.set(state, steps);
    return steps;
  }

  return (first, next) => {
    const { entered, staying } = startOf(first);
    if (first !== next && isSaidAlong(first, next, entered)) return true;
    /** How soon after the first saying each state can have been entered, in milliseconds. */
    const soonest = new Map<StateNode, number>();
    const open: StateNode[] = [];
    const enter = (states: readonly StateNode[], at: number): void => {
      for (const state of states) {
        if (at >= (soonest.get(state) ?? rules.window)) continue;
        soonest.set(state, at);
        open.push(state);
      }
    };
    /** Takes a step; says whether it comes to the next saying. */
    const take = (step: Step, at: number): boolean => {
      if (at >= rules.window) return false;
      if (step.transition === next.transition) return true;
      enter(step.entered, at);
      return next.transition === undefined && step.entered.includes(next.state);
    };

    enter(entered, 0);
    for (const state of staying) {
      if (stepsOf(state).some((step) => take(step, restOf(step, first)))) return true;
    }
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      const at = soonest.get(state) ?? 0;
      if (stepsOf(state).some((step) => take(step, at + step.wait))) return true;
    }
    return false;
  };
}

/** The states that have been entered with a saying, and those that were active before and still are. */
function startOf({ state, transition }: Saying): {
  readonly entered: readonly StateNode[];
  readonly staying: readonly StateNode[];
} {
  // Whichever of the states inside it was entered with.
  if (transition === undefined) return { entered: statesOf(state), staying: around(state) };
  const entered = enteredBy(transition);
  const { target = [] } = transition;
  const untouched = leavesItsState(transition) ? [] : [state, ...around(state)];
  const inside = target.length === 0 ? statesOf(state) : [];
  const staying = new Set([...untouched, ...inside, ...target.flatMap(around)]);
  return { entered, staying: [...staying].filter((other) => !entered.includes(other)) };
}

/** Whether the next saying comes in one step with the first. */
function isSaidAlong(first: Saying, next: Saying, entered: readonly StateNode[]): boolean {
  if (next.transition !== undefined) return next.transition === first.transition;
  return (first.transition === undefined ? byDefault(first.state) : entered).includes(next.state);
}

/** How long after its state was entered a transition is taken at the earliest; for ever where that is no repetition. */
function waitOf({ eventType, delay, source }: Transition & { readonly delay?: unknown }, rules: RepeatRules): number {
  if (rules.answersRepeat && eventType === 'message.received') return Number.POSITIVE_INFINITY;
  const named = typeof delay === 'string' ? source.machine.implementations.delays[delay] : delay;
  return typeof named === 'number' ? named : 0;
}

/** The same in a state that was entered some time before: a timer may be about to ring, and one that rang is over. */
function restOf({ transition, wait }: Step, first: Saying): number {
  const once = /^xstate\.(?:after|done|error)\./.test(transition.eventType);
  if (!once) return wait;
  return transition === first.transition ? Number.POSITIVE_INFINITY : 0;
}
