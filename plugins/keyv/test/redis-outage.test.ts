import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import KeyvRedis, { createClient } from '@keyv/redis';
import { type Storage, silentLog, systemClock } from '@parley/core';
import { keyvStorage } from '@parley/plugin-keyv';
import { buildDocument, buildKey, commits } from '@parley/testing/records';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { suiteNeeding } from '../../../test/support/needs.ts';

const need = { what: 'redis-server', missing: whyNot(), hint: 'apt-get install redis-server' };

function whyNot(): string | undefined {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'pipe' });
    return undefined;
  } catch {
    return 'it was not found in PATH';
  }
}

suiteNeeding(need, 'keyvStorage while Redis is away', () => {
  let folder: string;
  let port: number;
  let server: ChildProcess;
  let storage: Storage;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-redis-'));
    port = await freePort();
    await start();
    // As the README says: a turn is refused rather than kept waiting.
    const client = createClient({ url: `redis://127.0.0.1:${port}`, disableOfflineQueue: true });
    storage = keyvStorage({ store: new KeyvRedis(client) });
    await storage.open({ clock: systemClock, log: silentLog });
  });

  afterEach(async () => {
    await storage.close();
    await kill();
    rmSync(folder, { recursive: true });
  });

  /** One that has a write on disk before it answers. */
  async function start(): Promise<void> {
    const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
    server = spawn('redis-server', ['--port', String(port), '--dir', folder, ...durable], { stdio: 'ignore' });
    await vi.waitFor(
      () => expect(String(execFileSync('redis-cli', ['-p', String(port), 'ping'], { stdio: 'pipe' }))).toMatch('PONG'),
      { timeout: 10_000 },
    );
  }

  async function kill(): Promise<void> {
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }

  const turn = () =>
    storage.conversations.turn(buildKey(), (document = buildDocument({ turns: 0 })) => {
      const turns = document.turns + 1;
      return { ...commits({ ...document, turns }), result: turns };
    });

  it('refuses turns, loses none that it acknowledged, and goes on by itself when Redis is back', async () => {
    expect(await turn()).toMatchObject({ result: 1 });
    await kill();
    await expect(turn()).rejects.toMatchObject({ code: 'error.platform.storage.failed', status: 503 });
    await expect(storage.conversations.get(buildKey())).rejects.toMatchObject({
      code: 'error.platform.storage.failed',
    });
    await start();
    await vi.waitFor(async () => expect(await turn()).toMatchObject({ result: 2 }), { timeout: 10_000 });
    expect((await storage.conversations.get(buildKey()))?.turns).toBe(2);
  });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { readonly port: number };
  probe.close();
  return port;
}
