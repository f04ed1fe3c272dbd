import type { Context } from 'koa';

/** Parts of a path that mean nothing else in an attribute of a page, nor in a cookie. */
const PLAIN = /^(?:\/[\w.~%!$()*+:@-]+)*$/;

/**
 * Under which path everything of Parley is, as browsers see it: where other apps have mounted it, and its own prefix. `/shop/bots` for one
 * with the prefix `/bots` within `mount('/shop', …)`; empty at the root.
 */
export function rootOf({ originalUrl, path }: Pick<Context, 'originalUrl' | 'path'>, prefix: string): string {
  // `mountPath` of koa-mount is that of the innermost mount only.
  const [whole = ''] = originalUrl.split('?');
  const mount = whole.endsWith(path) ? whole.slice(0, whole.length - path.length) : '';
  return `${PLAIN.test(mount) ? mount : ''}${prefix}`;
}
