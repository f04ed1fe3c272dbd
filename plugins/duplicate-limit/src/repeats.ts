import type { App, LintWarning } from '@parley/core';
import { createLeadsTo, type LeadsTo, type RepeatRules } from './leads-to.ts';
import { childrenOf, type Machine, type Saying, sayingsOf, statesOf } from './sayings.ts';

/** Fixed texts of an app's bots that can be said again, word for word, before the window of the first has ended. */
export function findRepeats(app: App, rules: RepeatRules): readonly LintWarning[] {
  return app.bots.flatMap(({ id, version, machine }) => {
    const messages = new Map(
      repeatedIn(machine, createLeadsTo(rules), false, []).map((saying) => [explain(saying, rules), saying.state.id]),
    );
    return [...messages].map(([message, state]) => ({ rule: 'repeats', bot: { id, version }, state, message }));
  });
}

function explain({ state, transition }: Saying, { window }: RepeatRules): string {
  const how = transition === undefined ? 'as the state is entered or left' : `at the event ${transition.eventType}`;
  return `The fixed text that ${state.id} says ${how} can be said again within ${inMinutes(window)} minutes, which a published app refuses. Say it in other words, put something in that differs, or handle message.failed.`;
}

function inMinutes(window: number): number {
  return Math.round(window / 6_000) / 10;
}

/**
 * What a machine and its children can say twice.
 *
 * @param runsAgain whether the whole machine can run again within the window, as a child of another.
 * @param parents the machines that it is inside of: it may be one of them.
 */
function repeatedIn(
  machine: Machine,
  leadsTo: LeadsTo,
  runsAgain: boolean,
  parents: readonly Machine[],
): readonly Saying[] {
  if (parents.includes(machine)) return [];
  const sayings = sayingsOf(machine);
  const own = sayings.filter(
    (saying) => runsAgain || sayings.some((first) => first.text === saying.text && leadsTo(first, saying)),
  );
  const below = statesOf(machine.root).flatMap((state) => {
    const entry: Saying = { text: '', state };
    return childrenOf(machine, state).flatMap((child) =>
      repeatedIn(child, leadsTo, runsAgain || leadsTo(entry, entry), [...parents, machine]),
    );
  });
  return [...own, ...below];
}
