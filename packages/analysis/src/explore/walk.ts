import type { BotRequest } from '@parley/core';
import type { Happening } from './happening.ts';
import type { Outcome, Player } from './player.ts';
import { configurationOf, fingerprintOf, type Position } from './position.ts';
import type { Later, Possibilities } from './possibilities.ts';

/** A position, and the shortest way to it. */
export interface Place {
  readonly position: Position;
  readonly path: readonly Happening[];
  /** Whether the way to it leads through a guess about what a task comes to. */
  readonly isGuessed: boolean;
}

/** What one happening came to. */
export interface Step {
  /** Where it happened; absent at the start. */
  readonly from?: Place;
  readonly happening: Happening;
  readonly outcome: Outcome;
  readonly path: readonly Happening[];
  readonly isGuessed: boolean;
}

export interface WalkBounds {
  /** How many happenings are played at most. */
  readonly steps: number;
  /** How many happenings a path has at most. */
  readonly depth: number;
  /** How many positions are looked at that differ in what is kept only, not in the states that are active. */
  readonly contexts: number;
}

export interface Walk {
  /** Every happening that was played, in the order of the walk. */
  readonly steps: readonly Step[];
  /** Every position once, by its fingerprint. */
  readonly places: readonly Place[];
  /** Whether there was nothing left to play when it ended. */
  readonly isComplete: boolean;
}

/** Walks breadth first through all that can happen to a bot, ways without guesses ahead of others. The same bot gives the same walk. */
export function walk(player: Player, possibilities: Possibilities, bounds: WalkBounds): Walk {
  const steps: Step[] = [];
  const places: Place[] = [];
  const seen = new Set<string>();
  const perConfiguration = new Map<string, number>();
  const sure: Place[] = [];
  const guessed: Place[] = [];
  let isComplete = true;

  const take = (step: Step): void => {
    steps.push(step);
    const { outcome, path, isGuessed } = step;
    if (outcome.kind === 'threw') return;
    const { position } = outcome;
    const fingerprint = fingerprintOf(position);
    if (seen.has(fingerprint)) return;
    const configuration = configurationOf(position);
    const count = perConfiguration.get(configuration) ?? 0;
    if (count >= bounds.contexts) {
      isComplete = false;
      return;
    }
    seen.add(fingerprint);
    perConfiguration.set(configuration, count + 1);
    const place = { position, path, isGuessed };
    places.push(place);
    (isGuessed ? guessed : sure).push(place);
  };

  for (const happening of possibilities.starts) {
    take({ happening, outcome: player.begin(happening), path: [happening], isGuessed: false });
  }
  for (let from = sure.shift() ?? guessed.shift(); from !== undefined; from = sure.shift() ?? guessed.shift()) {
    for (const happening of possibilities.at(from.position)) {
      if (steps.length >= bounds.steps || from.path.length >= bounds.depth) {
        isComplete = false;
        break;
      }
      take({
        from,
        happening,
        outcome: player.play(from.position, happening),
        path: [...from.path, happening],
        isGuessed: from.isGuessed || isGuess(happening),
      });
    }
  }
  return { steps, places, isComplete };
}

function isGuess(happening: Later): boolean {
  return happening.kind === 'task.done' && happening.isGuess === true;
}

/** The texts that a step has the bot say. */
export function saidIn(requests: readonly BotRequest[]): readonly Extract<BotRequest, { type: 'parley.say' }>[] {
  return requests.flatMap((request) => (request.type === 'parley.say' ? [request] : []));
}
