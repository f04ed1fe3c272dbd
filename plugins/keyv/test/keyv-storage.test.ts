import { keyvStorage } from '@parley/plugin-keyv';
import { storageContract } from '@parley/testing/contracts';

storageContract('Keyv on a Map', () => {
  const store = new Map<string, unknown>();
  return { create: () => keyvStorage({ store }) };
});
