// Checks what is written: links lead somewhere, TypeScript on the pages compiles, every package has its README.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkCode } from './check/code.js';
import { findBrokenLinks } from './check/links.js';
import { parsePage } from './check/markdown.js';
import { findForbiddenWords } from './check/words.js';

const root = join(import.meta.dirname, '..');
const SKIPPED = new Set(['node_modules', 'dist', '.git', '.parley', 'test-results', 'coverage']);
/** Made of the docstrings, which are checked where they stand. */
const REFERENCE = join('docs', 'site', 'api');

/**
 * The paths of all pages, from the root.
 *
 * @param {string} folder
 * @returns {string[]}
 */
function findPages(folder = '') {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) || path === REFERENCE ? [] : findPages(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** @returns {string[]} */
function findMissingPages() {
  const workspaces = ['packages', 'plugins', 'examples'].flatMap((parent) =>
    readdirSync(join(root, parent))
      .map((name) => join(parent, name))
      .filter((folder) => existsSync(join(root, folder, 'package.json'))),
  );
  const expected = [
    ...['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'CHANGELOG.md'],
    ...workspaces.map((folder) => join(folder, 'README.md')),
  ];
  return expected.filter((path) => !existsSync(join(root, path))).map((path) => `${path}: is missing`);
}

const pages = new Map(findPages().map((path) => [path, parsePage(readFileSync(join(root, path), 'utf8'))]));
const problems = [
  ...findMissingPages(),
  ...findBrokenLinks(root, pages),
  ...findForbiddenWords(pages),
  ...checkCode(root, pages),
];
for (const problem of problems) console.error(problem);
console.log(`${pages.size} pages checked, ${problems.length} problems`);
if (problems.length > 0) process.exitCode = 1;
