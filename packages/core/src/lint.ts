import type { App } from './app.ts';
import { ParleyError } from './errors.ts';
import { metaAround } from './host/state-meta.ts';
import type { Organization } from './organization.ts';
import type { LintWarning, Plugin } from './plugin.ts';

/** A warning, the plugin that gives it, and the app that it is about. */
export interface AppWarning extends LintWarning {
  readonly app: string;
  readonly plugin: string;
}

/**
 * Asks every plugin what it would not get along with in every app: what `parley check` warns of. Needs no storage and sets nothing up.
 *
 * A state silences rules for itself and the states in it, in its `meta`; the machine's own `meta` does for the whole bot, child
 * machines too:
 *
 * ```ts
 * asking: { entry: say('Which day?'), meta: { parleyIgnore: ['repeats'] } }
 * ```
 *
 * @throws `error.platform.plugin.lint-failed`
 */
export function lintApps({ apps, plugins }: Pick<Organization, 'apps' | 'plugins'>): readonly AppWarning[] {
  return apps.flatMap((app) =>
    plugins.flatMap((plugin) =>
      warningsOf(plugin, app)
        .filter((warning) => !isSilenced(app, warning))
        .map(({ bot, ...warning }) => ({
          ...warning,
          // A plugin that has the whole bot at hand may give it.
          ...(bot === undefined ? {} : { bot: { id: bot.id, version: bot.version } }),
          app: app.id,
          plugin: plugin.name,
        })),
    ),
  );
}

function warningsOf(plugin: Plugin, app: App): readonly LintWarning[] {
  try {
    return plugin.lint?.(app) ?? [];
  } catch (cause) {
    throw new ParleyError('error.platform.plugin.lint-failed', { plugin: plugin.name, app: app.id }, { cause });
  }
}

/** Whether a state silences a warning: see {@link lintApps}. */
export function isSilenced({ bots }: Pick<App, 'bots'>, { rule, bot, state }: LintWarning): boolean {
  const concerned = bots.find(({ id, version }) => id === bot?.id && version === bot.version);
  return concerned !== undefined && metaAround(concerned.machine, state).some((meta) => ignores(meta, rule));
}

/** Meta is anything: what is not a list of rules silences nothing. */
function ignores(meta: unknown, rule: string): boolean {
  if (typeof meta !== 'object' || meta === null || !('parleyIgnore' in meta)) return false;
  const { parleyIgnore } = meta;
  return Array.isArray(parleyIgnore) && parleyIgnore.includes(rule);
}
