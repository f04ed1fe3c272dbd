import type { Bot, LintWarning, Plugin } from '@parley/core';
import { machinesOf, nodesOf } from '@parley/core/host';
import { type Confusing, intentsOf } from './intents.ts';

/**
 * Has `parley check` warn of examples of different intents that are nearly the same: of all intents that a bot's guards (`wants.is(…)`) and triggers (`wants.means(…)`) ask about. Understanding itself needs no plugin.
 *
 * ```ts
 * plugins: [understanding()]
 * ```
 */
export function understanding(): Plugin {
  return { name: 'understanding', lint: ({ bots }) => bots.flatMap(warningsOf) };
}

type Machine = Bot['machine'];

function warningsOf(bot: Bot): readonly LintWarning[] {
  const asked = [...askedByTriggers(bot), ...[...machinesOf(bot.machine)].flatMap(askedByGuards)];
  return [...new Set(asked)].flatMap((intents) =>
    intents.confusions().map(({ examples: [one, other] }) => ({
      rule: 'confusable',
      bot,
      message: `"${one.text}" is an example of ${one.intent}, and "${other.text}" one of ${other.intent}. Make the two intents one, or take away one of the examples.`,
    })),
  );
}

function askedByTriggers({ triggers }: Bot): readonly Confusing[] {
  return triggers.flatMap((trigger) => askedBy(trigger.kind === 'matching' ? trigger.matches : undefined));
}

function askedByGuards(machine: Machine): readonly Confusing[] {
  const named = Object.values(machine.implementations.guards) as readonly unknown[];
  const written = nodesOf(machine.root).flatMap((state) =>
    [...[...state.transitions.values()].flat(), ...(state.always ?? [])].map(({ guard }) => guard as unknown),
  );
  return [...named, ...written].flatMap(askedBy);
}

/** Also by the guards that one is made of, by `and`, `or` and `not`. */
function askedBy(asks: unknown): readonly Confusing[] {
  const intents = intentsOf(asks);
  if (intents !== undefined) return [intents];
  const parts = typeof asks === 'function' ? (asks as { readonly guards?: readonly unknown[] }).guards : undefined;
  return (parts ?? []).flatMap(askedBy);
}
