import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { ParleyError, type PluginContext } from '@parley/core';
import type { ResolvedOptions } from './options.ts';

type Router = PluginContext['router'];
type Context = Parameters<Parameters<Router['get']>[2]>[0];

export interface PagesOptions {
  readonly options: ResolvedOptions;
  /** The organization's name. */
  readonly organization: string;
  readonly has: (app: string) => boolean;
}

/** What `npm run build` makes of `widget`. It holds seen from `src` and from `dist`. */
const SCRIPT = new URL('../dist/page/chat.js', import.meta.url);

const STYLE = ':root{color-scheme:light dark}body{margin:0}';

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M3 4h18v13H10l-6 5v-5H3z" fill="#0c7168"/></svg>';

/** Serves `chat.js`, for pages of anybody, and a page of its own for each chat. */
export function addPages(router: Router, { options, organization, has }: PagesOptions): void {
  const script = readScript();

  router.get('/chat.js', async (context) => {
    const { plain, packed, etag } = await script();
    // Other sites load it, whatever their own rules for what they load.
    context.set('Cross-Origin-Resource-Policy', 'cross-origin');
    context.set('Access-Control-Allow-Origin', '*');
    context.set('Cache-Control', 'no-cache');
    context.set('ETag', etag);
    context.set('Vary', 'Accept-Encoding');
    context.type = 'text/javascript; charset=utf-8';
    context.status = 200;
    if (context.fresh) context.status = 304;
    else if (context.acceptsEncodings('gzip', 'identity') === 'gzip') {
      context.set('Content-Encoding', 'gzip');
      context.body = packed;
    } else context.body = plain;
  });

  router.get('/page.css', (context) => sendFixed(context, 'text/css; charset=utf-8', STYLE));
  router.get('/icon.svg', (context) => sendFixed(context, 'image/svg+xml', ICON));

  router.get('/:app', (context) => {
    const app = String(context.params.app);
    if (!has(app)) throw new ParleyError('error.platform.server.not-found');
    context.set('Content-Security-Policy', policy(context, options.origins));
    context.set('Referrer-Policy', 'no-referrer');
    const { title = organization, greeting, accent } = options.pages[app] ?? {};
    sendFixed(context, 'text/html; charset=utf-8', page({ app, title, greeting, accent }));
  });
}

interface Script {
  readonly plain: Buffer;
  readonly packed: Buffer;
  readonly etag: string;
}

/** Reads the script when it is first asked for, and keeps it. */
function readScript(): () => Promise<Script> {
  let kept: Script | undefined;
  return async () => {
    if (kept === undefined) {
      const plain = await readFile(SCRIPT);
      const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
      kept = { plain, packed: gzipSync(plain), etag: `W/"${hash}"` };
    }
    return kept;
  };
}

function sendFixed(context: Context, type: string, body: string): void {
  context.set('Cache-Control', 'no-cache');
  context.type = type;
  context.body = body;
}

/** What the page may load: its script, its style, and pictures that are sent; who may show it in a frame: whoever may use the chat. */
function policy({ host }: Context, origins: readonly string[]): string {
  const sockets = /^[\w.:[\]-]+$/.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' http: https:",
    // Safari takes 'self' for http and https only.
    `connect-src 'self'${sockets}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${["'self'", ...origins].join(' ')}`,
    "require-trusted-types-for 'script'",
  ].join('; ');
}

interface Page {
  readonly app: string;
  readonly title: string;
  readonly greeting: string | undefined;
  readonly accent: string | undefined;
}

function page({ app, title, greeting, accent }: Page): string {
  const data = Object.entries({ app, title, greeting, accent, mode: 'page' })
    .flatMap(([name, value]) => (value === undefined ? [] : [`data-${name}="${asText(value)}"`]))
    .join(' ');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<title>${asText(title)}</title>
<link rel="icon" href="icon.svg">
<link rel="stylesheet" href="page.css">
<body>
<noscript>This chat needs JavaScript.</noscript>
<script src="chat.js" ${data}></script>
</body>
</html>
`;
}

function asText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
