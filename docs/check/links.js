import { existsSync, statSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';

/**
 * Links within the repository that lead nowhere. Links to the web are not followed: a check must not fail because some
 * site is down.
 *
 * @param {string} root
 * @param {ReadonlyMap<string, import('./markdown.js').Page>} pages by path from the root
 * @returns {string[]}
 */
export function findBrokenLinks(root, pages) {
  /** @type {string[]} */
  const problems = [];
  for (const [path, page] of pages) {
    for (const { target, line } of page.links) {
      const problem = problemWith(target, { root, path, page, pages });
      if (problem !== undefined) problems.push(`${path}:${line}: ${target} ${problem}`);
    }
  }
  return problems;
}

/**
 * @param {string} target
 * @param {{ root: string, path: string, page: import('./markdown.js').Page, pages: ReadonlyMap<string, import('./markdown.js').Page> }} from
 */
function problemWith(target, { root, path, page, pages }) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return undefined;
  if (target.startsWith('/')) return 'is absolute: write it from this page';
  const [file = '', anchor] = target.split('#', 2);
  if (file === '') return page.anchors.has(anchor ?? '') ? undefined : 'is no heading of this page';
  const found = join(root, dirname(path), decodeURIComponent(file));
  if (relative(root, found).startsWith('..')) return 'leads out of the repository';
  if (!existsSync(found)) return 'does not exist';
  if (anchor === undefined) return undefined;
  return problemWithAnchor(anchor, found, pages.get(relative(root, found)));
}

/**
 * @param {string} anchor
 * @param {string} file
 * @param {import('./markdown.js').Page | undefined} page
 */
function problemWithAnchor(anchor, file, page) {
  if (extname(file) === '.md') return page?.anchors.has(anchor) ? undefined : 'is no heading of that page';
  if (statSync(file).isDirectory()) return 'points into a folder';
  // Line numbers go out of date with the next change to the file.
  return /^L\d+/.test(anchor) ? 'points at a line number: name the function instead' : undefined;
}
