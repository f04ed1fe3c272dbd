import type { ResolveHook } from 'node:module';

/**
 * Takes the project's TypeScript for ECMAScript modules, even in a folder whose package.json does not say
 * `"type": "module"`. As CommonJS it would get a second copy of @parley/core, whose errors nobody knows.
 */
export const resolve: ResolveHook = async (specifier, context, next) => {
  const resolved = await next(specifier, context);
  const isOurs = /\.ts(?:$|\?)/.test(resolved.url) && !resolved.url.includes('/node_modules/');
  return isOurs && resolved.format === 'commonjs' ? { ...resolved, format: 'module' } : resolved;
};
