import { type Log, nextLoop, type Runtime, systemClock } from '@parley/core';
import { createIds } from './ids.ts';
import { createLog } from './log/create-log.ts';
import { createPluginRouters, type PluginRouters } from './plugin-routers.ts';

/**
 * The real world, for an engine: the computer's clock, ids, chance, a log, and the place where plugins put their routes.
 *
 * ```ts
 * const runtime = createRuntime();
 * const engine = createEngine(organization, runtime);
 * await serve(engine, runtime);
 * ```
 */
export function createRuntime(options: { readonly log?: Log; readonly plugins?: PluginRouters } = {}): Runtime & {
  readonly createRouter: PluginRouters['create'];
  /** For `serve` or `parleyMiddleware`. */
  readonly plugins: PluginRouters;
} {
  const { log = createLog(), plugins = createPluginRouters() } = options;
  return {
    clock: systemClock,
    newId: createIds(),
    random: Math.random,
    log,
    afterAnswer: nextLoop,
    createRouter: plugins.create,
    plugins,
  };
}
