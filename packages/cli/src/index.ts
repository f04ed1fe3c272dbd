// For hosts that run an organization themselves: how the command finds and loads it.

export { findConfig } from './config/find.ts';
export { loadOrganization } from './config/load.ts';
// For programs that move data: what `parley storage copy` does.
export { type CopyOptions, copyStorage, type PartSum, type StorageSums } from './storage/copy.ts';
