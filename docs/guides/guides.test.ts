import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { modulesOf } from '../check/code.js';
import { parsePage } from '../check/markdown.js';

// What these guides make, as it stands on the pages, held to the tests that stand there: plugins to their contracts.
const GUIDES = ['dialogs.md', 'writing-a-transport.md', 'writing-a-policy.md', 'writing-a-storage.md'];

const written = join(import.meta.dirname, '../check/dist/guides');
rmSync(written, { recursive: true, force: true });

for (const guide of GUIDES) {
  const { code } = parsePage(readFileSync(join(import.meta.dirname, guide), 'utf8'));
  const modules = modulesOf(code.filter(({ language }) => language === 'ts'));
  const folder = join(written, guide.replace('.md', ''));
  mkdirSync(folder, { recursive: true });
  for (const [file, lines] of modules) writeFileSync(join(folder, file), lines.join('\n'));
  // A test file that is imported registers its tests in this one.
  for (const file of modules.keys()) if (file.endsWith('.test.ts')) await import(join(folder, file));
}

afterAll(() => rmSync(written, { recursive: true, force: true }));
