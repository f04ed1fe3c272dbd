import { type Said, saidBy } from '@parley/core';
import { type Atlas, transitionsOf } from '../atlas.ts';
import type { StateNode } from '../bot.ts';
import type { Findings } from '../findings.ts';
import { problemsOf, type TextLimits } from '../texts.ts';
import { unique } from '../words.ts';

/** Looks at the texts that can be seen without running anything, in every language that they are written in. */
export function findTextProblems(atlas: Atlas, limits: TextLimits, findings: Findings): void {
  for (const node of atlas.nodes) {
    const problems = actionsOf(node)
      .flatMap((action) => saidBy(implementationOf(node, action)) ?? [])
      .flatMap((said) => wordingsOf(said).flatMap((text) => problemsOf(text, said.media.length > 0, limits)));
    for (const { rule, message } of problems) findings.add(rule, [node], message);
  }
}

function wordingsOf({ text, wordings = {} }: Said): readonly string[] {
  return unique([...(text === undefined ? [] : [text]), ...Object.values(wordings)]);
}

function actionsOf(node: StateNode): readonly unknown[] {
  const first = node.config.initial === undefined ? [] : node.initial.actions;
  return [...node.entry, ...node.exit, ...first, ...transitionsOf(node).flatMap(({ actions }) => actions)];
}

/** An action is written as a function, as the name of one, or as an object with its name. */
function implementationOf({ machine }: StateNode, action: unknown): unknown {
  if (typeof action === 'function') return action;
  const name = typeof action === 'string' ? action : (action as { readonly type: string }).type;
  return (machine.implementations.actions as Record<string, unknown>)[name];
}
