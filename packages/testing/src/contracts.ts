// For authors of storages.

// For authors of policies.
export { type PolicyExample, type PolicyStep, type PolicyUnderTest, policyContract } from './policy-contract/index.ts';
export { buildActivity, buildDocument, buildKey, buildMessage, buildUpdate, commits, OURS } from './records.ts';
export {
  copyArchive,
  fillStorage,
  readArchive,
  type StorageUnderTest,
  storageContract,
} from './storage-contract/index.ts';
// For authors of transports.
export {
  type ProviderFault,
  type ProviderReport,
  type ProviderText,
  type ProviderUnderTest,
  type TakenMessage,
  type TransportContractPart,
  type TransportUnderTest,
  type TransportWorld,
  transportContract,
} from './transport-contract/index.ts';
