import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { VirtualClock } from '@parley/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
const context = { clock: new VirtualClock(), log: silentLog };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-requests-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a backup that another process asks for', () => {
  it('is made by the one that has the database open', async () => {
    const file = join(folder, 'parley.db');
    const open = sqlite({ file });
    await open.open(context);
    await open.keyv('test').set('key', 'value');
    const other = sqlite({ file });
    expect(await other.requestBackup(join(folder, 'copy.db'))).toBe(true);
    expect(statSync(`${file}.sock`).mode & 0o777).toBe(0o600);
    await open.close();
    expect(existsSync(`${file}.sock`)).toBe(false);
    const copy = sqlite({ file: join(folder, 'copy.db') });
    await copy.open(context);
    expect(await copy.keyv('test').get('key')).toBe('value');
    await copy.close();
  });

  it('is none where nobody has it open, also after a process was killed', async () => {
    const file = join(folder, 'parley.db');
    expect(await sqlite({ file }).requestBackup(join(folder, 'copy.db'))).toBe(false);
    writeFileSync(`${file}.sock`, '');
    expect(await sqlite({ file }).requestBackup(join(folder, 'copy.db'))).toBe(false);
    const open = sqlite({ file });
    await open.open(context);
    expect(await sqlite({ file }).requestBackup(join(folder, 'copy.db'))).toBe(true);
    await open.close();
  });

  it('that fails is told of, and the server goes on', async () => {
    const file = join(folder, 'parley.db');
    const open = sqlite({ file });
    await open.open(context);
    writeFileSync(join(folder, 'no-folder'), '');
    await expect(sqlite({ file }).requestBackup(join(folder, 'no-folder', 'copy.db'))).rejects.toMatchObject({
      code: 'error.platform.storage.failed',
    });
    await open.keyv('test').set('key', 'value');
    await open.close();
  });

  it('does not keep a database with a long name from being opened', async () => {
    const file = join(folder, `${'x'.repeat(150)}.db`);
    const open = sqlite({ file });
    await open.open(context);
    expect(await sqlite({ file }).requestBackup(join(folder, 'copy.db'))).toBe(false);
    await open.close();
  });
});
