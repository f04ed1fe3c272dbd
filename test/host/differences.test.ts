import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { differences } from './differences.ts';
import { playHosted } from './support/hosted.ts';
import { playLive } from './support/live.ts';

// XState says of each event that comes too late that it does.
vi.spyOn(console, 'warn').mockImplementation(() => {});

describe('a hosted machine differs from a live one in', () => {
  it.each(Object.entries(differences))('%s', async (_, { scenario, shows, expected }) => {
    expect({
      live: shows(await playLive(scenario, false)),
      hosted: shows(playHosted(scenario)),
    }).toEqual(expected);
  });
});

it('the guide lists the differences, and no others', () => {
  const page = readFileSync(new URL('../../docs/guides/hosted-machines.md', import.meta.url), 'utf8');
  const section = page.split('## What is different')[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => /^\| [^|]+ \|/.test(line));
  expect(rows).toEqual(
    Object.entries(differences).map(([name, { live, hosted }]) => `| ${name} | ${live} | ${hosted} |`),
  );
});
