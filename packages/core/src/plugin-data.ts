import type { PluginContext } from './plugin.ts';
import type { Storage } from './storage.ts';

/** What a plugin keeps for itself in an open storage, apart from all others: while an engine runs, and on the command line. */
export function pluginData(
  storage: Pick<Storage, 'keyv' | 'claim' | 'release'>,
  plugin: string,
): Pick<PluginContext, 'keyv' | 'claim' | 'release'> {
  return {
    keyv: storage.keyv(`plugin:${plugin}`),
    claim: (key, owner, ttl) => storage.claim(`${plugin}:${key}`, owner, ttl),
    release: (key, owner) => storage.release(`${plugin}:${key}`, owner),
  };
}
