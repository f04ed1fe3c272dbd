import { type StateNode, statesOf, type Transition } from './sayings.ts';

/** The states that a transition enters. */
export function enteredBy(transition: Transition): readonly StateNode[] {
  const domain = domainOf(transition);
  const targets = transition.target ?? [];
  return [...new Set(targets.flatMap((target) => [...wayInto(target, domain), ...insideOf(target)]))];
}

/** The states that are entered on the way from a state to one inside of it, and the other regions of those that have any. */
function wayInto(target: StateNode, domain: StateNode | undefined): readonly StateNode[] {
  if (target === domain) return [];
  const way = ancestorsOf(target);
  const outer = domain === undefined ? way : way.slice(0, way.indexOf(domain));
  return [target, ...outer.flatMap((state) => [state, ...besides(target, state)])];
}

/** What is entered in the other regions of a state that has any. */
function besides(target: StateNode, outer: StateNode): readonly StateNode[] {
  if (outer.type !== 'parallel') return [];
  const others = Object.values(outer.states).filter((region) => region !== target && !isInside(target, region));
  return others.flatMap(byDefault);
}

/** What is entered inside of a target; of a history, anything that it may remember. */
function insideOf(target: StateNode): readonly StateNode[] {
  if (target.type !== 'history' || target.parent === undefined) return byDefault(target).slice(1);
  return statesOf(target.parent).slice(1);
}

/** The state inside of which a transition changes anything; `undefined` when it enters the root anew. */
function domainOf({ source, target = [], reenter }: Transition): StateNode | undefined {
  if (!reenter && target.every((state) => state === source || isInside(state, source))) return source;
  const common = ancestorsOf(source).find((ancestor) => target.every((state) => isInside(state, ancestor)));
  return common ?? (reenter ? undefined : source.machine.root);
}

/** A state and what is entered along with it when nothing inside of it is aimed at. */
export function byDefault(state: StateNode): readonly StateNode[] {
  if (state.type === 'parallel') return [state, ...Object.values(state.states).flatMap(byDefault)];
  if (state.type !== 'compound') return [state];
  return [state, ...state.initial.target.flatMap((target) => [...insideUpTo(target, state), ...byDefault(target)])];
}

/** Whether a transition leaves the state that it is of. */
export function leavesItsState(transition: Transition): boolean {
  return transition.target !== undefined && domainOf(transition) !== transition.source;
}

/** The states that are active along with a state, whatever goes on there: those around it, and regions beside it. */
export function around(state: StateNode): readonly StateNode[] {
  return ancestorsOf(state).flatMap((ancestor) => {
    if (ancestor.type !== 'parallel') return [ancestor];
    const others = Object.values(ancestor.states).filter((region) => region !== state && !isInside(state, region));
    return [ancestor, ...others.flatMap(statesOf)];
  });
}

export function ancestorsOf({ parent }: StateNode): readonly StateNode[] {
  return parent === undefined ? [] : [parent, ...ancestorsOf(parent)];
}

function isInside(state: StateNode, outer: StateNode): boolean {
  return ancestorsOf(state).includes(outer);
}

/** The states between a state and one that is around it. */
function insideUpTo(state: StateNode, outer: StateNode): readonly StateNode[] {
  const way = ancestorsOf(state);
  return way.slice(0, way.indexOf(outer)).reverse();
}
