import { ARCHIVE_PARTS, type Storage } from '@parley/core';
import { createLog, createRuntime } from '@parley/server';
import type { Flags } from '../command-line.ts';
import { loadEnvironment } from '../config/environment.ts';
import { findConfig } from '../config/find.ts';
import { loadOrganization } from '../config/load.ts';
import { copyStorage, type StorageSums } from './copy.ts';
import { storageNamed } from './name.ts';

/** `parley storage copy`: 0 once the copy is there and equal. */
export async function copyStorageCommand({ from = '', to = '', config, json }: Flags): Promise<number> {
  const configured = async (): Promise<Storage> => {
    const file = findConfig(process.cwd(), config);
    loadEnvironment(file, process.env);
    return (await loadOrganization(file)).storage;
  };
  const source = await storageNamed(from, configured);
  const target = await storageNamed(to, configured);
  const sums = await withOpen(source.storage, () =>
    withOpen(target.storage, () => copyStorage(source.storage, target.storage, { target: target.name })),
  );
  process.stdout.write(json ? `${JSON.stringify(sums)}\n` : describe(sums, source.name, target.name));
  return 0;
}

async function withOpen<Result>(storage: Storage, work: () => Promise<Result>): Promise<Result> {
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
