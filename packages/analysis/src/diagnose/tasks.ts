import { kindOf } from '@parley/core/host';
import type { AnyActorLogic } from 'xstate';
import { type Atlas, around } from '../atlas.ts';
import type { StateNode } from '../bot.ts';
import { withoutOnError } from '../explore/judge-steps.ts';
import type { Findings } from '../findings.ts';

interface Invoke {
  readonly id: string;
  readonly src: string;
}

/** Finds promises that a state invokes and whose failure nobody takes. */
export function findTasksWithoutError(atlas: Atlas, findings: Findings): void {
  for (const node of atlas.nodes) {
    const configs = [node.config.invoke ?? []].flat() as readonly { readonly src: unknown }[];
    (node.invoke as readonly Invoke[]).forEach(({ id, src }, index) => {
      const logic = logicOf(node, configs[index]?.src);
      if (!isTask(logic) || takesError(node, id)) return;
      findings.add('task-without-error', [node], withoutOnError(src.startsWith('xstate.invoke.') ? id : src));
    });
  }
}

function logicOf({ machine }: StateNode, src: unknown): unknown {
  return typeof src === 'string' ? (machine.implementations.actors as Record<string, unknown>)[src] : src;
}

function isTask(logic: unknown): boolean {
  return typeof logic === 'object' && logic !== null && kindOf(logic as AnyActorLogic).kind === 'promise';
}

/** A state around it may take the failure, too, and one that takes everything does. */
function takesError(node: StateNode, id: string): boolean {
  return [node, ...around(node)].some(({ transitions }) =>
    [...transitions.keys()].some((type) => type === '*' || covers(type, `xstate.error.actor.${id}`)),
  );
}

function covers(descriptor: string, type: string): boolean {
  return descriptor === type || (descriptor.endsWith('.*') && type.startsWith(descriptor.slice(0, -1)));
}
