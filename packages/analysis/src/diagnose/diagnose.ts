import type { AppDefinition, Bot } from '@parley/core';
import { type Atlas, createAtlas } from '../atlas.ts';
import { asBot, type BotOrMachine, type StateNode } from '../bot.ts';
import { type Exploration, explore } from '../explore/explore.ts';
import { type ExploreOptions, settingsOf } from '../explore/options.ts';
import type { Finding, Rule } from '../finding.ts';
import { Findings } from '../findings.ts';
import { type Samples, samplesIn } from '../samples.ts';
import { findLateTimers } from './delays.ts';
import { findTextProblems } from './fixed-texts.ts';
import { findOptOutWords, findOptOutWordsSaid } from './opt-out-words.ts';
import { findTasksWithoutError } from './tasks.ts';

/** What {@link diagnose} takes besides a bot or an app. */
export interface DiagnoseOptions extends ExploreOptions {
  /** Whether to look for words that the provider keeps for itself. Default: true, unless the app's address is `web:`. */
  readonly optOutWords?: boolean;
}

/** What is wrong with a bot. */
export interface Diagnosis {
  readonly bot: { readonly id: string; readonly version: string };
  readonly findings: readonly Finding[];
  /** States that nothing that was tried leads to, of a bot that has no samples of what may come to it: nobody knows. */
  readonly unknownStates: readonly string[];
  readonly exploration: Exploration;
}

/**
 * Looks through a bot, or every bot of an app: what can be seen without running anything, and what a walk through it brings up. What
 * states silence by `parleyIgnore` is left out.
 *
 * ```ts
 * for (const { bot, findings } of diagnose(app)) console.log(bot.id, findings);
 * ```
 *
 * @param options for the walk. Default: as those of `explore`, with 2,000 steps a bot.
 * @throws `error.platform.config.malformed`, `error.platform.bot.not-durable`
 */
export function diagnose(subject: AppDefinition | BotOrMachine, options: DiagnoseOptions = {}): readonly Diagnosis[] {
  if (!('bots' in subject)) return [diagnoseBot(asBot(subject), options)];
  const { bots, longTexts, address } = subject;
  const ofApp: DiagnoseOptions = {
    splitsLongTexts: longTexts === 'split',
    bots: bots.map(({ id }) => id),
    optOutWords: !address.startsWith('web:'),
  };
  return bots.map((bot) => diagnoseBot(bot, { ...ofApp, ...options }));
}

const STEPS = 2000;

function diagnoseBot(bot: Bot, { optOutWords = true, ...options }: DiagnoseOptions): Diagnosis {
  const walk = { steps: STEPS, ...options };
  const atlas = createAtlas(bot.machine);
  const exploration = explore(bot, walk);
  const seen = new Findings(bot);
  findTasksWithoutError(atlas, seen);
  findLateTimers(bot, atlas, seen);
  findTextProblems(atlas, settingsOf(walk), seen);
  if (optOutWords) {
    findOptOutWords(bot, atlas, seen);
    findOptOutWordsSaid(exploration, atlas, seen);
  }
  const lived = exploration.findings.filter((finding) => !seen.all.some((other) => isSame(other, finding)));
  const all = [...seen.all, ...lived];
  const isKnown = hasSamples(atlas, options);
  return {
    bot: exploration.bot,
    findings: isKnown ? all : all.filter(({ rule }) => rule !== 'unreached'),
    unknownStates: isKnown ? [] : all.flatMap(({ rule, state }) => (rule === 'unreached' && state ? [state] : [])),
    exploration,
  };
}

/** What was seen in the machine need not be told again because it has happened. */
function isSame(one: Finding, other: Finding): boolean {
  if (one.rule !== other.rule) return false;
  return one.message === other.message || (ONCE_A_STATE.has(one.rule) && one.state === other.state);
}

/** Rules that say what is seen in other words than what happens. */
const ONCE_A_STATE: ReadonlySet<Rule> = new Set(['task-without-error', 'timer-too-late']);

/** Machines in it may have samples of their own, as dialogs do: these say nothing of what comes to the bot. */
function hasSamples({ nodes, machines: [own] }: Atlas, { texts, tasks, data, actors }: Samples): boolean {
  const isGiven = [texts, tasks, data, actors].some((given) => given !== undefined);
  return isGiven || nodes.some((node) => node.machine === own && isSampled(node));
}

function isSampled(node: StateNode): boolean {
  return Object.keys(samplesIn(node)).length > 0;
}
