// For authors of storages.
export { buildActivity, buildDocument, buildKey, buildMessage, buildUpdate, commits, OURS } from './records.ts';
export {
  copyArchive,
  fillStorage,
  readArchive,
  type StorageUnderTest,
  storageContract,
} from './storage-contract/index.ts';
