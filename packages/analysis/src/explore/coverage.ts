import { type Atlas, around, isCovered } from '../atlas.ts';
import type { StateNode } from '../bot.ts';
import type { Findings } from '../findings.ts';
import type { Happening } from './happening.ts';

interface Reach {
  readonly unsampledTasks: readonly string[];
  readonly isComplete: boolean;
}

/** Says which states nobody gets to, of several within one another the outermost; and from which nobody gets to the end. */
export function judgeCoverage(
  states: readonly { readonly id: string; readonly path?: readonly Happening[] }[],
  atlas: Atlas,
  reach: Reach,
  findings: Findings,
): void {
  const paths = new Map(states.map(({ id, path }) => [id, path]));
  const isReached = (node: StateNode) => paths.get(node.id) !== undefined;
  for (const { root } of atlas.machines) {
    const reachable = atlas.reachableFrom(root);
    const inside = atlas.nodes.filter((node) => node.machine === root.machine && isCovered(node));
    // Of a machine that nothing starts the state that would start it is told of.
    if (root.machine !== atlas.machines[0] && !inside.some(isReached)) continue;
    for (const node of inside) {
      if (isReached(node) || around(node).some((outer) => isCovered(outer) && !isReached(outer))) continue;
      if (reachable.has(node)) findings.add('unreached', [node], unreached(reach));
      else findings.add('unreachable', [node], 'No transition leads to this state. Lead to it, or take it out.');
    }
    judgeEnd(root, inside.filter(isReached), atlas, paths, findings);
  }
}

function unreached({ unsampledTasks, isComplete }: Reach): string {
  const [task] = unsampledTasks;
  const missing = task === undefined ? 'people' : `what ${task} comes to,`;
  return `Nothing that was tried leads to this state${isComplete ? '' : ', as far as it went'}. Give texts or ${missing} that lead to it in parleySamples, or take it out.`;
}

/** A machine that can come to an end should do so from everywhere. Of a circle of states that it never leaves the first is told of. */
function judgeEnd(
  root: StateNode,
  reached: readonly StateNode[],
  atlas: Atlas,
  paths: ReadonlyMap<string, readonly Happening[] | undefined>,
  findings: Findings,
): void {
  const ends = Object.values(root.states).filter(({ type }) => type === 'final');
  if (ends.length === 0 || root.type === 'parallel') return;
  const stuck = reached.filter(
    (node) => node.type === 'atomic' && !ends.some((end) => atlas.reachableFrom(node).has(end)),
  );
  const [first] = [...stuck].sort((one, other) => lengthOf(one) - lengthOf(other));
  if (first === undefined || findings.has('dead-end', first)) return;
  findings.add(
    'dead-end',
    [first],
    `From this state nobody gets to the end of ${root.machine.id}, though it has one. Lead from it to a final state.`,
    paths.get(first.id),
  );

  function lengthOf({ id }: StateNode): number {
    return paths.get(id)?.length ?? 0;
  }
}
