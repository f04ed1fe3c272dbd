import type { Atlas } from '../atlas.ts';
import type { StateNode } from '../bot.ts';
import type { Moved } from './player.ts';
import { activeIn, type Position } from './position.ts';
import type { Step } from './walk.ts';

/** The innermost states that are active, those of the bot's own machine first. */
export function leavesOf(position: Position, atlas: Atlas): readonly StateNode[] {
  return atlas.leavesOf(activeIn(position));
}

/** The states that a step has led to; where the machine has come to its end, the one that it ended in. */
export function statesAfter(
  { from }: Pick<Step, 'from'>,
  { position, visited }: Moved,
  atlas: Atlas,
): readonly StateNode[] {
  if (position.document.status === 'active') return leavesOf(position, atlas);
  const ends = visited.flatMap((id) => atlas.get(id) ?? []).filter(({ type }) => type === 'final');
  if (ends.length > 0) return ends.slice(-1);
  return from === undefined ? [] : leavesOf(from.position, atlas);
}
