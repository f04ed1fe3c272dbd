import { type Bot, isSilenced } from '@parley/core';
import type { StateNode } from './bot.ts';
import type { Happening } from './explore/happening.ts';
import { describeHappening } from './explore/happening.ts';
import type { Finding, Rule } from './finding.ts';

/** What is found in one bot: of each rule, state and sentence the first, without what a state silences. */
export class Findings {
  readonly #bot: Bot;
  readonly #found = new Map<string, Finding>();

  constructor(bot: Bot) {
    this.#bot = bot;
  }

  /** @param states that it is about, any of which may silence it; the first is named. None: the whole bot. */
  add(rule: Rule, states: readonly StateNode[], message: string, path?: readonly Happening[]): void {
    const { id, version } = this.#bot;
    const bot = { id, version };
    const about = { rule, bot, message };
    const silences = states.length === 0 ? [about] : states.map((state) => ({ ...about, state: state.id }));
    if (silences.some((one) => isSilenced({ bots: [this.#bot] }, one))) return;
    const [state] = states;
    const key = JSON.stringify([rule, state?.id, message]);
    if (this.#found.has(key)) return;
    this.#found.set(key, {
      ...about,
      ...(state === undefined ? {} : { state: state.id }),
      ...(path === undefined ? {} : { path: path.map(describeHappening) }),
    });
  }

  has(rule: Rule, state: StateNode | undefined): boolean {
    return [...this.#found.values()].some((finding) => finding.rule === rule && finding.state === state?.id);
  }

  get all(): readonly Finding[] {
    return [...this.#found.values()];
  }
}
