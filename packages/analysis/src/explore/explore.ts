import { type Atlas, createAtlas, isCovered } from '../atlas.ts';
import { asBot, type BotOrMachine } from '../bot.ts';
import type { Finding } from '../finding.ts';
import { Findings } from '../findings.ts';
import { type Samples, samplesIn } from '../samples.ts';
import { unique, wordsLookedFor } from '../words.ts';
import { judgeCoverage } from './coverage.ts';
import type { Happening } from './happening.ts';
import { judgePlaces } from './judge-places.ts';
import { judgeSteps } from './judge-steps.ts';
import { type ExploreOptions, settingsOf } from './options.ts';
import { Player } from './player.ts';
import { gatherPossibilities } from './possibilities.ts';
import { type Step, saidIn, walk } from './walk.ts';
import { statesAfter } from './where.ts';

/** A state of the bot or of a machine in it. */
export interface ExploredState {
  /** As XState writes it. */
  readonly id: string;
  /** The shortest way to it; absent where nothing led there. */
  readonly path?: readonly Happening[];
}

/** A text that the bot has said. */
export interface SaidText {
  readonly text: string;
  /** The state that it led to, of the bot's own machine; absent where that has none. */
  readonly state?: string;
  /** The shortest way to it. */
  readonly path: readonly Happening[];
}

/** All that came of walking through a bot. */
export interface Exploration {
  readonly bot: { readonly id: string; readonly version: string };
  /** What is wrong, without what states silence. */
  readonly findings: readonly Finding[];
  /** Every state but histories and the machine's root, in the order of the definition, those of machines in it after them. */
  readonly states: readonly ExploredState[];
  /** Every text once, in the order in which they were first said. */
  readonly said: readonly SaidText[];
  /** The tasks of which nobody has said what they come to: only their failure was tried, and `undefined` as a guess. */
  readonly unsampledTasks: readonly string[];
  /** How many things were tried. */
  readonly steps: number;
  /** Whether there is nothing else that could happen; `false` where `steps`, `depth` or `contexts` were reached. */
  readonly isComplete: boolean;
}

/**
 * Walks all paths of a bot, through the host that runs it for everybody: texts that its guards wait for, that people are asked for or that
 * you name, one that nobody expects, silence until the next timer, tasks that succeed and fail, texts that can not be delivered. No clock
 * runs and nothing is sent; the same bot gives the same result.
 *
 * ```ts
 * const { findings, states } = explore(bot, { texts: ['Tuesday'], tasks: { findSlots: [[], ['9:00']] } });
 * expect(findings).toEqual([]);
 * ```
 *
 * What guards call is not seen: name the texts that they wait for, here or in the states' `meta` as `parleySamples`, see {@link Samples}.
 *
 * @throws `error.platform.config.malformed`, `error.platform.address.malformed`, `error.platform.bot.not-durable`
 */
export function explore(subject: BotOrMachine, options: ExploreOptions = {}): Exploration {
  const bot = asBot(subject);
  const settings = settingsOf(options);
  const atlas = createAtlas(bot.machine);
  const player = new Player(bot, settings.start, wordsThatMatter(atlas, options));
  const { input, failures } = settings;
  const possibilities = gatherPossibilities(bot, atlas, player, { samples: options, input, failures });
  const walked = walk(player, possibilities, settings);
  const findings = new Findings(bot);
  const unsampledTasks = unsampledIn(walked.steps);
  const { events = [] } = settings;
  judgeSteps(walked.steps, atlas, settings, findings);
  judgePlaces(
    walked.places,
    atlas,
    events.map(({ type }) => type),
    findings,
  );
  const states = statesOf(walked.steps, atlas);
  judgeCoverage(states, atlas, { unsampledTasks, isComplete: walked.isComplete }, findings);
  return {
    bot: { id: bot.id, version: bot.version },
    findings: findings.all,
    states,
    said: textsOf(walked.steps, atlas),
    unsampledTasks,
    steps: walked.played,
    isComplete: walked.isComplete,
  };
}

function statesOf(steps: readonly Step[], atlas: Atlas): readonly ExploredState[] {
  const paths = new Map<string, readonly Happening[]>();
  for (const { outcome, path } of steps) {
    // A state that is entered as the machine throws is not entered.
    if (outcome.kind === 'threw') continue;
    for (const id of outcome.visited) if (!paths.has(id)) paths.set(id, path);
  }
  return atlas.nodes.filter(isCovered).map(({ id }) => {
    const path = paths.get(id);
    return { id, ...(path === undefined ? {} : { path }) };
  });
}

function textsOf(steps: readonly Step[], atlas: Atlas): readonly SaidText[] {
  const said = new Map<string, SaidText>();
  for (const step of steps) {
    const { outcome, path } = step;
    if (outcome.kind === 'threw') continue;
    for (const { text } of saidIn(outcome.requests)) {
      if (said.has(text)) continue;
      const [state] = statesAfter(step, outcome, atlas);
      said.set(text, { text, ...(state === undefined ? {} : { state: state.id }), path });
    }
  }
  return [...said.values()];
}

function unsampledIn(steps: readonly Step[]): readonly string[] {
  return unique(
    steps.flatMap(({ happening }) =>
      happening.kind === 'task.done' && happening.isGuess === true ? [happening.task] : [],
    ),
  );
}

/** What is kept of these may lead elsewhere later on. */
function wordsThatMatter({ nodes }: Atlas, given: Samples): readonly string[] {
  const texts = [given, ...nodes.map(samplesIn)].flatMap((samples) => samples.texts ?? []);
  return [...nodes.flatMap(wordsLookedFor), ...texts.map((text) => (typeof text === 'string' ? text : text.text))];
}
