// Checks what is written: links lead somewhere, TypeScript on the pages compiles, every package has its README.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkCode } from './check/code.js';
import { findBrokenLinks } from './check/links.js';
import { readPages } from './check/pages.js';
import { findForbiddenWords } from './check/words.js';

const root = join(import.meta.dirname, '..');
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

const pages = readPages(root);
const problems = [
  ...findMissingPages(),
  ...findBrokenLinks(root, pages),
  ...findForbiddenWords(pages),
  ...checkCode(root, pages),
];
for (const problem of problems) console.error(problem);
console.log(`${pages.size} pages checked, ${problems.length} problems`);
if (problems.length > 0) process.exitCode = 1;
