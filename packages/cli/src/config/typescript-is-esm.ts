import type { ResolveHook } from 'node:module';

/** What tsx adds to the URL of a file that it is going to load as CommonJS, at times with its question mark escaped. */
const COMMONJS = /(?:\?|%3F)tsx-commonjs.*$/;

/**
 * Takes the project's TypeScript for ECMAScript modules, even in a folder whose package.json does not say
 * `"type": "module"`. As CommonJS it would get a second copy of @parley/core, whose errors nobody knows, and stacks without its lines.
 */
export const resolve: ResolveHook = async (specifier, context, next) => {
  const resolved = await next(specifier, context);
  if (resolved.format !== 'commonjs') return resolved;
  const url = resolved.url.replace(COMMONJS, '');
  const isOurs = /\.ts(?:$|\?)/.test(url) && !url.includes('/node_modules/');
  return isOurs ? { ...resolved, url, format: 'module' } : resolved;
};
