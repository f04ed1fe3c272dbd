import { ARCHIVE_PARTS, type Storage } from '@parley/core';
import { createLog, createRuntime } from '@parley/server';
import type { Flags } from '../command-line.ts';
import { loadEnvironment } from '../config/environment.ts';
import { findConfig } from '../config/find.ts';
import { loadOrganization } from '../config/load.ts';
import { copyStorage, type StorageSums } from './copy.ts';
import { requireData, storageNamed } from './name.ts';

/** `parley storage copy`: 0 once the copy is there and equal. */
export async function copyStorageCommand({ from = '', to = '', config, json }: Flags): Promise<number> {
  const source = await storageNamed(from, () => configuredStorage(config));
  requireData(source.storage);
  const target = await storageNamed(to, () => configuredStorage(config));
  const sums = await withOpen(source.storage, () =>
    withOpen(target.storage, () => copyStorage(source.storage, target.storage, { target: target.name })),
  );
  process.stdout.write(json ? `${JSON.stringify(sums)}\n` : describe(sums, source.name, target.name));
  return 0;
}

/** The storage of a configuration. */
export async function configuredStorage(config: string | undefined): Promise<Storage> {
  const file = findConfig(process.cwd(), config);
  loadEnvironment(file, process.env);
  return (await loadOrganization(file)).storage;
}

/** Runs something while a storage is open. */
export async function withOpen<Result>(storage: Storage, work: () => Promise<Result>): Promise<Result> {
  const { clock, log } = createRuntime({ log: createLog({ level: 'silent' }) });
  await storage.open({ clock, log });
  try {
    return await work();
  } finally {
    await storage.close();
  }
}

function describe(sums: StorageSums, from: string, to: string): string {
  const rows = ARCHIVE_PARTS.map((part) => {
    const { rows: count, checksum } = sums[part];
    return `  ${part.padEnd(14)}${count.toLocaleString('en-US').padStart(12)}  ${checksum}`;
  });
  return [`Copied ${from} to ${to}, and compared:`, ...rows, ''].join('\n');
}
