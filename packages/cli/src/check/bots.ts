import type { Diagnosis } from '@parley/analysis';
import type { App, AppWarning, Organization } from '@parley/core';

/** A warning about a bot, and the way to it. */
export interface BotWarning extends AppWarning {
  /** What has to happen, in words; absent where it can be seen in the machine. */
  readonly path?: readonly string[];
}

/** How far a bot was walked through. */
export interface BotWalk {
  readonly app: string;
  readonly bot: { readonly id: string; readonly version: string };
  readonly states: number;
  readonly reached: number;
  /** States that are no warning, as nobody has said what may come to the bot. */
  readonly unknown: readonly string[];
  /** Tasks of which nobody has said what they come to. */
  readonly unsampledTasks: readonly string[];
  /** Whether there was nothing else to try. */
  readonly isComplete: boolean;
}

/** What Parley itself warns of in bots. */
export interface BotChecks {
  readonly warnings: readonly BotWarning[];
  readonly walks: readonly BotWalk[];
}

/** Who warns, among plugins. */
const SELF = 'parley';

/**
 * Looks through every bot of an organization, and walks through it.
 *
 * @throws `error.platform.config.malformed`, `error.platform.bot.not-durable`
 */
export async function checkBots({ apps, plugins }: Pick<Organization, 'apps' | 'plugins'>): Promise<BotChecks> {
  // Only this command needs it, and it brings what draws diagrams.
  const { diagnose } = await import('@parley/analysis');
  // The plugin knows more words, and says so itself.
  const options = plugins.some(({ name }) => name === 'opt-out') ? { optOutWords: false } : {};
  const diagnoses = apps.flatMap((app) => diagnose(app, options).map((diagnosis) => ({ app, diagnosis })));
  return {
    warnings: diagnoses.flatMap(({ app, diagnosis }) => warningsOf(app, diagnosis)),
    walks: diagnoses.map(({ app, diagnosis }) => walkOf(app, diagnosis)),
  };
}

function warningsOf(app: App, { findings }: Diagnosis): readonly BotWarning[] {
  return findings.map((finding) => ({ ...finding, app: app.id, plugin: SELF }));
}

function walkOf(app: App, { bot, exploration, unknownStates }: Diagnosis): BotWalk {
  const { states, unsampledTasks, isComplete } = exploration;
  return {
    app: app.id,
    bot,
    states: states.length,
    reached: states.filter(({ path }) => path !== undefined).length,
    unknown: unknownStates,
    unsampledTasks,
    isComplete,
  };
}

/** What people can say for a better look at their bots; empty where there is nothing. */
export function describeWalks(walks: readonly BotWalk[]): string {
  const lines = walks.flatMap(({ app, bot, unknown, unsampledTasks }) => {
    const missing = [
      ...(unknown.length === 0 ? [] : [`did not get to ${listed(unknown)}`]),
      ...(unsampledTasks.length === 0 ? [] : [`does not know what ${listed(unsampledTasks)} may come to`]),
    ];
    if (missing.length === 0) return [];
    const subject = `${app}/${bot.id}, version ${bot.version}`;
    return [`${subject}: the walk ${missing.join(', and ')}. parleySamples in its meta can say.`];
  });
  return lines.length === 0 ? '' : `${lines.join('\n')}\n\n`;
}

const NAMED = 5;

function listed(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
