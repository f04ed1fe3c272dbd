import Router from '@koa/router';
import type { Middleware } from 'koa';

/** The routes that plugins add, under `/plugins/<name>`. */
export interface PluginRouters {
  /** The router of one plugin, the same at every call; for the engine's runtime. */
  readonly create: (name: string) => Router;
  /** Serves them all; plugins may still be added afterwards. For the server. */
  readonly routes: () => Middleware;
}

/**
 * Makes the place where the engine's plugins and the server meet: the engine gives each plugin its router, the server
 * serves them.
 *
 * ```ts
 * const plugins = createPluginRouters();
 * const engine = createEngine(organization, { ...runtime, createRouter: plugins.create });
 * await serve(engine, { plugins });
 * ```
 */
export function createPluginRouters(): PluginRouters {
  const routers = new Map<string, { readonly router: Router; readonly serve: Middleware }>();

  const create = (name: string): Router => {
    const segment = encodeURIComponent(name);
    const known = routers.get(segment);
    if (known !== undefined) return known.router;
    const router = new Router({ prefix: `/plugins/${segment}` });
    routers.set(segment, { router, serve: router.middleware() as Middleware });
    return router;
  };
  const routes = (): Middleware => (context, next) => {
    const segment = /^\/plugins\/([^/]+)/.exec(context.path)?.[1];
    const plugin = segment === undefined ? undefined : routers.get(segment);
    return plugin === undefined ? next() : plugin.serve(context, next);
  };
  return { create, routes };
}
