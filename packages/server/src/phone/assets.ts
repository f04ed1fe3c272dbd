import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** One file of the page. */
export interface Asset {
  readonly contentType: string;
  readonly content: Buffer;
  /** Its hash: browsers ask every time and are mostly told that nothing changed. */
  readonly etag: string;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  js: 'text/javascript; charset=utf-8',
  map: 'application/json; charset=utf-8',
};

/** Hand-written files stay where they are; `tsc` puts the scripts into `dist`. Both hold seen from `src` and from `dist`. */
const STATIC_FILES = new URL('../../phone/', import.meta.url);
const SCRIPTS = new URL('../../dist/phone-page/', import.meta.url);

/** Reads one file of the page; `undefined` when it has none of this name. */
export async function readAsset(name: string): Promise<Asset | undefined> {
  const extension = /^[a-z][a-z0-9-]*(?:\.js)?\.([a-z]+)$/.exec(name)?.[1] ?? '';
  const contentType = CONTENT_TYPES[extension];
  if (contentType === undefined) return undefined;
  const folder = extension === 'js' || extension === 'map' ? SCRIPTS : STATIC_FILES;
  try {
    const content = await readFile(new URL(name, folder));
    return { contentType, content, etag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"` };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
