import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorRegistry } from '@parley/core';
import { describe, expect, it } from 'vitest';
import { components } from './components.js';
import { componentOf, renderErrors } from './render.js';
import { findUsers } from './users.js';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');
const users = findUsers(root);
const codes = Object.keys(errorRegistry);

describe('docs/errors.md', () => {
  it('lists the codes of the registry, and no others', () => {
    const listed = [...page.matchAll(/^\| `(error\.platform\.[a-z.-]+)`/gm)].map(([, code]) => code);
    expect(listed.sort()).toEqual([...codes].sort());
  });

  it('says of each what the registry says; run `npm run docs:errors` if not', () => {
    expect(page).toBe(renderErrors(errorRegistry, users));
  });

  it('explains every component; add new ones in docs/errors/components.js', () => {
    expect(Object.keys(components).sort()).toEqual([...new Set(codes.map(componentOf))].sort());
  });
});

describe('the registry', () => {
  it('has no code that nobody uses', () => {
    expect(codes.filter((code) => !users.has(code))).toEqual([]);
  });

  it('has every code that is used', () => {
    expect([...users.keys()].filter((code) => !(code in errorRegistry))).toEqual([]);
  });
});
