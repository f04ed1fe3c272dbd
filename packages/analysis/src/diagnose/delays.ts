import type { Bot } from '@parley/core';
import type { Atlas } from '../atlas.ts';
import type { StateNode } from '../bot.ts';
import { timeInWords } from '../explore/happening.ts';
import type { Findings } from '../findings.ts';

/** Finds timers that a journey does not last for, whatever the way to them: delays that are numbers, also by name. */
export function findLateTimers({ expiresAfter }: Bot, atlas: Atlas, findings: Findings): void {
  for (const node of atlas.nodes) {
    for (const { delay } of node.after) {
      const length = lengthOf(node, delay);
      if (length === undefined || length < expiresAfter) continue;
      findings.add(
        'timer-too-late',
        [node],
        `A timer waits for ${timeInWords(length)}, and the journey is over after ${timeInWords(expiresAfter)}. Wait for a shorter time, or give the bot a longer expiresAfter or extendJourney.`,
      );
    }
  }
}

function lengthOf({ machine }: StateNode, delay: unknown): number | undefined {
  const length = typeof delay === 'string' ? (machine.implementations.delays as Record<string, unknown>)[delay] : delay;
  return typeof length === 'number' ? length : undefined;
}
