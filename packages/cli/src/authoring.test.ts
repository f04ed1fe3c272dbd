import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Organization, silentLog } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { simulate } from '@parley/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyStorage } from './storage/copy.ts';
import { counting } from './testing/configs.ts';
import { Project } from './testing/project.ts';

let project: Project;

/** Runs the command to its end. */
async function parley(args: readonly string[], input?: string) {
  const cli = project.parley(args, {}, input);
  const { code } = await cli.exited;
  return { code, output: cli.output };
}

/** Has the project's bot talk to somebody, and keeps that in its database. */
async function talk(): Promise<void> {
  const { default: organization }: { default: Organization } = await import(join(project.folder, 'parley.config.ts'));
  const sim = await simulate(organization);
  for (const text of ['a', 'b']) await sim.actor('+14155550123').text(text);
  const storage = sqlite({ file: join(project.folder, 'data/counters.db') });
  await storage.open({ clock: sim.clock, log: silentLog });
  await copyStorage(sim.organization.storage, storage, { target: 'the test' });
  await storage.close();
  await sim.close();
}

beforeAll(async () => {
  project = new Project({ 'parley.config.ts': counting(), 'data/.keep': '' });
  await talk();
});
afterAll(() => project.remove());

describe('a project', () => {
  it('is talked to from a script', async () => {
    const script = 'hi\nagain\n/undo\n/state\n';
    const { code, output } = await parley(['chat', 'counter', '--at', '2026-03-01T12:00:00Z'], script);
    expect(output).toMatch(/^· counter, version 1, began\n> hi\n< That was 1\.\n> again\n< That was 2\.\n> \/undo\n/);
    expect(output).toMatch(/· time {5}Sun Mar 1, 12:00 \(UTC\)\n.*· context {2}\{"count":1\}\n/s);
    expect(code).toBe(0);
  });

  it('is drawn', async () => {
    expect(await parley(['diagram', '--out', 'counter.svg', '--texts'])).toEqual({ code: 0, output: '' });
    expect(readFileSync(join(project.folder, 'counter.svg'), 'utf8')).toContain('counting/counter, version 1</title>');
  });

  it('is run again, and says the same', async () => {
    expect(await parley(['replay'])).toEqual({ code: 0, output: 'Of 1 journey\n  1 as before\n' });
  });

  it('is run again after a change, and fails', async () => {
    project.write('parley.config.ts', counting('This is'));
    const { code, output } = await parley(['replay', '--from', 'sqlite:data/counters.db', '--since', '2026-01-01']);
    expect(code).toBe(1);
    expect(output).toContain(
      '    > a\n  - < That was 1.\n  + < This is 1.\n    > b\n  - < That was 2.\n  + < This is 2.\n',
    );
  });
});
