import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const bin = join(import.meta.dirname, '../bin/create-parley.js');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'create-parley-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the command without a terminal, with its input left open: who waits for an answer waits for ever. */
async function create(args: readonly string[], path = process.env.PATH ?? '') {
  const child = spawn(process.execPath, [bin, ...args], { cwd: folder, env: { PATH: path, HOME: folder } });
  const [out, err] = [child.stdout, child.stderr].map((stream) => {
    const said = { text: '' };
    stream.on('data', (data) => {
      said.text += data;
    });
    return said;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, out: out?.text ?? '', err: err?.text ?? '' };
}

/** A program in a folder of its own, for `PATH`. */
function program(name: string, script: string): string {
  const path = join(folder, 'programs');
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

describe('create-parley', () => {
  it('asks nothing without a terminal, and says what comes next', async () => {
    const { code, out, err } = await create(['my-bot', '--no-install']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/My Bot is in .*my-bot: .*bot\.ts.*\n\n {2}cd my-bot\n {2}npm install\n {2}npm run dev/);
    expect(readdirSync(join(folder, 'my-bot'))).toContain('.git');
  });

  it('takes its choices as options', async () => {
    await create(['cafe', '--yes', '--storage', 'postgres', '--name', 'Corner Café', '--no-install', '--no-git']);
    expect(readdirSync(join(folder, 'cafe'))).not.toContain('.git');
    expect(existsSync(join(folder, 'cafe/node_modules'))).toBe(false);
  });

  it('does without git', async () => {
    expect(await create(['my-bot', '--no-install'], '/nowhere')).toMatchObject({ code: 0, err: '' });
  });

  it('makes no repository in another one', async () => {
    mkdirSync(join(folder, 'outer'));
    const path = [program('git', 'test "$1" = rev-parse'), process.env.PATH].join(delimiter);
    await create(['outer/my-bot', '--no-install'], path);
    expect(readdirSync(join(folder, 'outer/my-bot'))).not.toContain('.git');
  });

  it('installs with npm, and says what npm says when that fails', async () => {
    const path = program('npm', 'test "$*" = "install --no-audit --no-fund" && : > installed');
    expect(await create(['fine'], path)).toMatchObject({ code: 0 });
    expect(readdirSync(join(folder, 'fine'))).toContain('installed');
    const failing = await create(['broken'], program('npm', 'echo E404 >&2; exit 1'));
    expect(failing).toMatchObject({ code: 1 });
    expect(failing.err).toMatch(/E404[\s\S]*The project is in .*broken, but npm could not install/);
  });

  it('refuses a folder that is not empty with 1', async () => {
    await create(['my-bot', '--no-install']);
    const again = await create(['my-bot', '--no-install', '--name', 'Other']);
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.err).toMatch(/not empty/);
  });

  it.each([
    [['--nope'], /Unknown option '--nope'\. Try --help\./],
    [['a', 'b'], /One folder at a time/],
    [['a', '--storage', 'oracle'], /one of sqlite, postgres/],
    [['a', '--number', '0123'], /a plus and its country/],
    [['a', '--name', ' '], /A name is a line of text/],
  ])('does not understand %j, ends with 2 and makes nothing', async (args, sentence) => {
    const { code, err } = await create(args);
    expect(code).toBe(2);
    expect(err).toMatch(sentence);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('helps', async () => {
    expect(await create(['--help'])).toMatchObject({ code: 0, out: expect.stringMatching(/--no-install/) });
    expect((await create(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
