import { existsSync } from 'node:fs';
import { ParleyError, type Storage } from '@parley/core';
import type { Flags } from '../command-line.ts';
import type { Output } from '../output.ts';
import { configuredStorage, withOpen } from './command.ts';
import { requireData, storageNamed } from './name.ts';

/** What a storage that can be backed up has besides; SQLite's has. */
interface BackedUp extends Storage {
  backup(file: string): Promise<void>;
  /** Resolves to `false` when no process has the storage open. */
  requestBackup(file: string): Promise<boolean>;
}

/** `parley storage backup`: has the server that runs make a copy, or makes it where none runs. */
export async function backUpStorage(flags: Flags, output: Output): Promise<number> {
  const { from = 'config', to = '' } = flags;
  const { storage, name } = await storageNamed(from, () => configuredStorage(flags));
  if (!isBackedUp(storage)) throw new ParleyError('error.platform.storage.no-backup', { storage: name });
  requireData(storage);
  // Also the file that is backed up itself.
  if (existsSync(to)) throw new ParleyError('error.platform.storage.not-empty', { storage: to });
  if (!(await storage.requestBackup(to))) await withOpen(storage, () => storage.backup(to));
  output.write(`Backed up ${name} to ${to}.\n`);
  return 0;
}

function isBackedUp(storage: Storage): storage is BackedUp {
  return 'backup' in storage && 'requestBackup' in storage;
}
