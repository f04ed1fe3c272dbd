export type { BackupOptions } from './backups.ts';
export type { Check } from './database.ts';
export { type SqliteOptions, type SqliteStorage, sqlite } from './sqlite.ts';
