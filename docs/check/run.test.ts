import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Organization } from '@parley/core';
import { simulate } from '@parley/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { modulesOf } from './code.js';
import { readPages } from './pages.js';

// What stands on the pages is not only compiled (by `docs/check.js`) but run: tests are tests of this suite, organizations are texted, everything else is
// loaded. A block that needs the world around it says `compiled`, and is left at that.

const root = join(import.meta.dirname, '../..');
const folder = join(import.meta.dirname, 'dist/run');
rmSync(folder, { recursive: true, force: true });

/** Pages whose blocks are steps of one thing, and the tests that take these steps. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'docs/guides/tutorial.md': 'test/packed',
  'docs/guides/writing-a-policy.md': 'docs/guides',
  'docs/guides/writing-a-storage.md': 'docs/guides',
  'docs/guides/writing-a-transport.md': 'docs/guides',
};

/** What pages ask of the environment. */
const ENVIRONMENT = {
  ANN_PASSWORD_HASH: 'scrypt$131072$8$1$bm90IGEgcmVhbCBzYWx0$bm90IGEgcmVhbCBoYXNo',
  REPORTS_TOKEN: 'r'.repeat(32),
  OPENID_SECRET: 'secret',
  CRM_SECRET: 's'.repeat(32),
  PARLEY_PROFILE: 'dev',
};

for (const [path, { code }] of readPages(root)) {
  const typescript = code.filter(({ language }) => language === 'ts' || language === 'typescript');
  const modules = modulesOf(typescript.filter(({ flags }) => !flags.includes('compiled')));
  if (modules.size > 0 && ELSEWHERE[path] === undefined) await describePage(path, modules);
}

it.each(Object.entries(ELSEWHERE))('%s is run by a test of its own, in %s', (page, place) => {
  const tests = readdirSync(join(root, place)).filter((name) => name.endsWith('.test.ts'));
  expect(tests.filter((name) => readFileSync(join(root, place, name), 'utf8').includes(basename(page)))).not.toEqual(
    [],
  );
});

async function describePage(path: string, modules: ReadonlyMap<string, readonly string[]>): Promise<void> {
  const place = join(folder, path.replace(/\.md$/, '').replace(/[^\w]+/g, '-'));
  mkdirSync(place, { recursive: true });
  cpSync(join(root, 'docs/check/stand-ins'), place, { recursive: true });
  for (const [file, lines] of modules) writeFileSync(join(place, file), lines.join('\n'));
  describe(path, async () => {
    beforeEach(() => {
      process.chdir(place);
      vi.spyOn(console, 'log').mockReturnValue();
      for (const [name, value] of Object.entries(ENVIRONMENT)) vi.stubEnv(name, value);
    });
    afterEach(() => {
      process.chdir(root);
      vi.unstubAllEnvs();
      vi.restoreAllMocks();
    });
    for (const [file, lines] of modules) {
      if (lines.some((line) => /from 'vitest'/.test(line))) await import(join(place, file));
      else it(`${file} runs`, async () => tryOut((await import(join(place, file))).default));
    }
  });
}

/** Texts each app of an organization, which is all that one can do with any. */
async function tryOut(exported: unknown): Promise<void> {
  if (!isOrganization(exported)) return;
  const simulation = await simulate(exported);
  for (const { id } of exported.apps) {
    const person = simulation.actor('+14155550123', id);
    await person.text('Hello');
    await simulation.advance({ days: 1 });
    expect((await person.conversation())?.parked ?? []).toEqual([]);
  }
  await simulation.close();
}

function isOrganization(value: unknown): value is Organization {
  return typeof value === 'object' && value !== null && 'apps' in value && 'transports' in value;
}
