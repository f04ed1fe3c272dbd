import type { BotRequest } from '@parley/core';
import { COMMON_ANSWERS, UNKNOWN_TEXT } from '../words.ts';
import type { Happening } from './happening.ts';
import type { Outcome, Player } from './player.ts';
import { configurationOf, fingerprintOf, type Position } from './position.ts';
import type { Later, Possibilities, Start } from './possibilities.ts';

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
  /** The same for outcomes from which the same can happen. */
  readonly sign: string;
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
  /** What has happened, in the order of the walk, without what was only tried. */
  readonly steps: readonly Step[];
  /** How many things were tried. */
  readonly played: number;
  /** Every position once, by its fingerprint. */
  readonly places: readonly Place[];
  /** Whether there was nothing left to play when it ended. */
  readonly isComplete: boolean;
}

/**
 * Walks breadth first through all that can happen to a bot, ways without guesses ahead of others. The same bot gives the same walk.
 */
export function walk(player: Player, possibilities: Possibilities, bounds: WalkBounds): Walk {
  const walker = new Walker(player, bounds);
  for (const happening of possibilities.starts) walker.begin(happening);
  for (let place = walker.next(); place !== undefined; place = walker.next()) {
    const steps = possibilities.at(place.position).flatMap((happening) => walker.go(place, happening) ?? []);
    const unknown = unansweredIn(steps);
    if (unknown !== undefined) walker.probe(place, COMMON_ANSWERS, unknown.sign);
  }
  return walker;
}

/** The text that nobody expects, if it leads nowhere and no other text has come to anything else: perhaps none was an answer. */
function unansweredIn(steps: readonly Step[]): Step | undefined {
  const texts = steps.filter(({ happening }) => happening.kind === 'text');
  const unknown = texts.find(({ happening }) => happening.kind === 'text' && happening.text === UNKNOWN_TEXT);
  if (unknown?.from === undefined || unknown.outcome.kind === 'threw') return undefined;
  if (configurationOf(unknown.outcome.position) !== configurationOf(unknown.from.position)) return undefined;
  return texts.every(({ sign }) => sign === unknown.sign) ? unknown : undefined;
}

/** So many common answers that come to something are followed at one position. */
const PROBES = 3;

class Walker implements Walk {
  readonly steps: Step[] = [];
  readonly places: Place[] = [];
  played = 0;
  isComplete = true;
  readonly #player: Player;
  readonly #bounds: WalkBounds;
  readonly #seen = new Set<string>();
  readonly #configurations = new Map<string, number>();
  readonly #sure: Place[] = [];
  readonly #guessed: Place[] = [];

  constructor(player: Player, bounds: WalkBounds) {
    this.#player = player;
    this.#bounds = bounds;
  }

  begin(happening: Start): void {
    this.played += 1;
    const outcome = this.#player.begin(happening);
    this.#take({ happening, outcome, sign: signOf(outcome), path: [happening], isGuessed: false });
  }

  /** The place from which to go on. */
  next(): Place | undefined {
    return this.#sure.shift() ?? this.#guessed.shift();
  }

  /** Has one thing happen; nothing where the bounds are reached. */
  go(from: Place, happening: Later): Step | undefined {
    const step = this.#play(from, happening);
    if (step !== undefined) this.#take(step);
    return step;
  }

  /** Tries texts of which nobody has said that they are answers, and goes on with the first that come to something else than others do. */
  probe(from: Place, texts: readonly string[], others: string): void {
    let found = 0;
    for (const text of texts) {
      const step = this.#play(from, { kind: 'text', text });
      if (step === undefined) return;
      if (step.sign === others) continue;
      this.#take(step);
      found += 1;
      if (found === PROBES) return;
    }
  }

  #play(from: Place, happening: Later): Step | undefined {
    if (this.played >= this.#bounds.steps || from.path.length >= this.#bounds.depth) {
      this.isComplete = false;
      return undefined;
    }
    this.played += 1;
    const outcome = this.#player.play(from.position, happening);
    const isGuessed = from.isGuessed || isGuess(happening);
    return { from, happening, outcome, sign: signOf(outcome), path: [...from.path, happening], isGuessed };
  }

  #take(step: Step): void {
    this.steps.push(step);
    const { outcome, sign, path, isGuessed } = step;
    if (outcome.kind === 'threw' || this.#seen.has(sign)) return;
    const { position } = outcome;
    const configuration = configurationOf(position);
    const count = this.#configurations.get(configuration) ?? 0;
    if (count >= this.#bounds.contexts) {
      this.isComplete = false;
      return;
    }
    this.#seen.add(sign);
    this.#configurations.set(configuration, count + 1);
    const place = { position, path, isGuessed };
    this.places.push(place);
    (isGuessed ? this.#guessed : this.#sure).push(place);
  }
}

function signOf(outcome: Outcome): string {
  return outcome.kind === 'threw' ? 'threw' : fingerprintOf(outcome.position);
}

function isGuess(happening: Later): boolean {
  return happening.kind === 'task.done' && happening.isGuess === true;
}

/** The texts that a step has the bot say. */
export function saidIn(requests: readonly BotRequest[]): readonly Extract<BotRequest, { type: 'parley.say' }>[] {
  return requests.flatMap((request) => (request.type === 'parley.say' ? [request] : []));
}
