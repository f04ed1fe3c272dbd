import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { silentLog, systemClock } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { buildKey } from '@parley/testing/records';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

type Child = ChildProcessByStdio<null, Readable, null>;

let folder: string;
let file: string;
let children: Child[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-sqlite-'));
  file = join(folder, 'parley.db');
  children = [];
});

afterEach(async () => {
  await Promise.all(children.map(kill));
  rmSync(folder, { recursive: true });
});

/** Starts another process on the same file. */
function start(what: 'write' | 'hold'): Child {
  const child = new URL('child.js', import.meta.url).pathname;
  const process = spawn('node', [child, what, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(process);
  return process;
}

async function kill(child: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** The lines that a process prints, up to the first `count` of them or its end. */
async function lines(child: Child, count = Number.POSITIVE_INFINITY): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    found.push(line);
    if (found.length >= count) break;
  }
  return found;
}

async function open() {
  const storage = sqlite({ file });
  await storage.open({ clock: systemClock, log: silentLog });
  return storage;
}

describe('several processes on one file', () => {
  it('refuses the second while the first has it, and takes it as soon as the first was killed', async () => {
    const first = start('hold');
    expect(await lines(first, 1)).toEqual(['open']);
    await expect(open()).rejects.toMatchObject({ code: 'error.platform.storage.in-use', details: { file } });
    expect(await lines(start('hold'), 1)).toEqual(['error.platform.storage.in-use']);
    await kill(first);
    await (await open()).close();
  });

  it('refuses another process while this one has it', async () => {
    const storage = await open();
    expect(await lines(start('hold'), 1)).toEqual(['error.platform.storage.in-use']);
    await storage.close();
  });
});

describe('kill -9', () => {
  it('loses no turn that was acknowledged, and keeps document and messages together', async () => {
    let acknowledged: readonly string[] = [];
    for (const delay of [50, 200, 400]) {
      const child = start('write');
      const printed = lines(child);
      await once(child.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, delay));
      await kill(child);
      acknowledged = await printed;
      await check(acknowledged);
      rmSync(file);
    }
    expect(acknowledged.length).toBeGreaterThan(100);
  });
});

/** Whether the file has all that was acknowledged, and nothing by halves. */
async function check(acknowledged: readonly string[]): Promise<void> {
  const storage = await open();
  // The last line may have been cut off by the kill.
  const ids = acknowledged.slice(0, -1);
  const found = await Promise.all(ids.map((id) => storage.messages.get(id as never)));
  expect(found.filter((message) => message === undefined)).toEqual([]);
  let turns = 0;
  for (let index = 0; index < 20; index++) {
    const conversation = buildKey(index);
    const document = await storage.conversations.get(conversation);
    const { messages } = await storage.messages.list({ conversation, limit: 1 });
    expect(messages[0]?.at).toBe(document?.turns);
    turns += document?.turns ?? 0;
  }
  expect((await storage.messages.totals()).map(({ count }) => count)).toEqual([turns]);
  await storage.close();
  expect(existsSync(`${file}-wal`)).toBe(false);
  const database = new Database(file, { readonly: true });
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  database.close();
}
