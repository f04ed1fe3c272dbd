import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// In code a code stands in single quotes; in comments, which prove nothing, in backticks.
const CODE = /'(error\.platform\.[a-z.-]+)'/g;
const REGISTRY = 'packages/core/src/errors.ts';

/**
 * Which packages throw or report each code, found in their sources; helpers of tests do not count.
 *
 * @param {string} root
 * @returns {Map<string, string[]>} names of packages by code
 */
export function findUsers(root) {
  /** @type {Map<string, Set<string>>} */
  const users = new Map();
  for (const folder of packageFolders(root)) {
    const { name } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    for (const code of codesIn(root, join(folder, 'src'))) users.set(code, (users.get(code) ?? new Set()).add(name));
  }
  return new Map([...users].map(([code, names]) => [code, [...names].sort()]));
}

/** @param {string} root */
function packageFolders(root) {
  return ['packages', 'plugins']
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(parent, name)))
    .filter((folder) => folder !== join('packages', 'testing') && existsSync(join(root, folder, 'package.json')));
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function codesIn(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'testing' ? [] : codesIn(root, path);
    if (!entry.name.endsWith('.ts') || entry.name.endsWith('.test.ts') || path === join(REGISTRY)) return [];
    return [...readFileSync(join(root, path), 'utf8').matchAll(CODE)].map(([, code]) => code ?? '');
  });
}
