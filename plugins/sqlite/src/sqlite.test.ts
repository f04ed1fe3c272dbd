import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storageContract } from '@parley/testing/contracts';
import { sqlite } from './sqlite.ts';

storageContract('SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-sqlite-'));
  return {
    create: () => sqlite({ file: join(folder, 'data', 'parley.db') }),
    dispose: () => rmSync(folder, { recursive: true }),
  };
});
