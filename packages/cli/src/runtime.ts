import { type Log, nextLoop, type PluginRuntime, type Runtime, systemClock } from '@parley/core';
import type { PluginRouters } from '@parley/server';
import { createIds } from './ids.ts';

/** The real world for an engine: the computer's clock, ids that sort by time, routes that the server serves. */
export function createRuntime(log: Log, routers: PluginRouters): Runtime & PluginRuntime {
  return {
    clock: systemClock,
    newId: createIds(() => systemClock.now()),
    random: Math.random,
    log,
    afterAnswer: nextLoop,
    createRouter: routers.create,
  };
}
