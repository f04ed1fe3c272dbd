import { ARCHIVE_PARTS, type Storage } from '@parley/core';
import { createLog, createRuntime } from '@parley/server';
import type { Flags } from '../command-line.ts';
import { configuredOrganization } from '../config/configured.ts';
import type { Output } from '../output.ts';
import { copyStorage, type StorageSums } from './copy.ts';
import { requireData, storageNamed } from './name.ts';

/** `parley storage copy`: 0 once the copy is there and equal. */
export async function copyStorageCommand(flags: Flags, output: Output): Promise<number> {
  const { from = '', to = '', json } = flags;
  const source = await storageNamed(from, () => configuredStorage(flags));
  requireData(source.storage);
  const target = await storageNamed(to, () => configuredStorage(flags));
  const sums = await withOpen(source.storage, () =>
    withOpen(target.storage, () => copyStorage(source.storage, target.storage, { target: target.name })),
  );
  output.write(json ? `${JSON.stringify(sums)}\n` : describe(sums, source.name, target.name));
  return 0;
}

/** The storage of a configuration. */
export async function configuredStorage(flags: Flags): Promise<Storage> {
  return (await configuredOrganization(flags)).storage;
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
