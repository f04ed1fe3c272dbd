import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePage } from './markdown.js';

const SKIPPED = new Set(['node_modules', 'dist', '.git', '.parley', 'test-results', 'coverage']);
/** Made of the docstrings, which are checked where they stand. */
const REFERENCE = join('docs', 'site', 'api');

/**
 * All pages of the repository, by their paths from its root.
 *
 * @param {string} root
 * @returns {ReadonlyMap<string, import('./markdown.js').Page>}
 */
export function readPages(root) {
  return new Map(findPages(root).map((path) => [path, parsePage(readFileSync(join(root, path), 'utf8'))]));
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function findPages(root, folder = '') {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) || path === REFERENCE ? [] : findPages(root, path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}
