export type { KeyvStore } from './cells.ts';
export { type KeyvStorageOptions, keyvStorage, memoryStorage } from './keyv-storage.ts';
