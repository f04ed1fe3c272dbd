import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { directory } from '@parley/console';
import type { Context } from 'koa';
import { rootOf } from '../root.ts';

/** What the console may load: itself, and pictures from wherever they are kept. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' https: data: blob:",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Answers everything under `/console`; resolves to `false` for what is not there. */
export function createConsole(prefix: string): (context: Context, path: string) => Promise<boolean> {
  return async (context, path) => {
    if (context.method !== 'GET' && context.method !== 'HEAD') return false;
    if (path === '/console') {
      context.redirect(`${rootOf(context, prefix)}/console/`);
      return true;
    }
    return send(context, path.slice('/console/'.length), rootOf(context, prefix));
  };
}

async function send(context: Context, name: string, root: string): Promise<boolean> {
  const asset = /^assets\/\w[\w.-]*$/.test(name) || name === 'icon.svg';
  const content = await read(asset ? name : 'index.html');
  if (content === undefined) return false;
  context.set('Content-Security-Policy', POLICY);
  context.set('Referrer-Policy', 'no-referrer');
  context.set('Cross-Origin-Opener-Policy', 'same-origin');
  // What is in `assets` has another name when it is something else.
  context.set('Cache-Control', name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
  context.type = CONTENT_TYPES[asset ? extname(name) : '.html'] ?? 'application/octet-stream';
  // Every address of the console is this one page, which finds its parts and the API by its base.
  context.body = asset ? content : content.toString().replace('<base href="/" />', `<base href="${root}/console/" />`);
  return true;
}

async function read(name: string): Promise<Buffer | undefined> {
  try {
    return await readFile(join(directory, name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
