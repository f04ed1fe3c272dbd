import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { BroadcastProgress } from '../src/broadcast/progress.ts';
import { person, RECIPIENTS } from './sending.ts';

let folder: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Whom the provider has a text for, in its order. */
function texted(): readonly string[] {
  const file = join(folder, 'ledger');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => line.split(' ')[1] ?? '');
}

function start(): ChildProcess & { readonly output: () => string } {
  const script = new URL('child.js', import.meta.url).pathname;
  const started = spawn('node', [script, 'send', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  child = started;
  let written = '';
  started.stdout.on('data', (data) => {
    written += data;
  });
  return Object.assign(started, { output: () => written });
}

async function killAfter(count: number): Promise<void> {
  const before = texted().length;
  const process = start();
  await vi.waitFor(() => expect(texted().length).toBeGreaterThanOrEqual(before + count), {
    timeout: 60_000,
    interval: 2,
  });
  process.kill('SIGKILL');
  await once(process, 'exit');
}

it('a broadcast whose process is killed again and again texts everybody once, and misses nobody', async () => {
  for (const count of [30, 277]) await killAfter(count);
  expect(texted().length).toBeLessThan(RECIPIENTS);
  const last = start();
  await once(last, 'exit');
  const progress = JSON.parse(last.output().trim().split('\n').at(-1) ?? '') as BroadcastProgress;
  expect(progress).toMatchObject({ state: 'done', done: RECIPIENTS, outcomes: { sent: RECIPIENTS } });
  expect([...texted()].sort()).toEqual(Array.from({ length: RECIPIENTS }, (_, index) => person(index)).sort());
}, 240_000);
