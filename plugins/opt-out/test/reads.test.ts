import { type App, type OutboundView, type PluginContext, silentLog } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { sqlite } from '@parley/plugin-sqlite';
import { VirtualClock } from '@parley/testing';
import Keyv from 'keyv';
import { describe, expect, it } from 'vitest';
import { optOut } from '../src/index.ts';
import { ANN, CLINIC, organization } from './support.ts';

/** What the check is asked about a notification. */
function view(): OutboundView {
  const [app] = organization().apps as readonly [App];
  const message = { id: 'm', from: CLINIC, to: ANN, text: 'news', media: [], createdAt: 0 };
  const record = {
    id: 'm',
    category: 'informational',
    text: 'news',
    at: 0,
    origin: { kind: 'notification', name: 'news' },
  };
  return { app, actor: { address: ANN }, message, record, now: 0 } as unknown as OutboundView;
}

async function pluginOn(keyv: Keyv) {
  const plugin = optOut();
  await plugin.setup?.({
    organization: organization(),
    keyv,
    clock: new VirtualClock(),
    log: silentLog,
  } as unknown as PluginContext);
  return plugin;
}

describe('the check before a send', () => {
  it('reads once', async () => {
    const storage = sqlite({ file: ':memory:' });
    await storage.open({ clock: new VirtualClock(), log: silentLog });
    const keyv = storage.keyv('plugin:opt-out');
    const reads: string[] = [];
    const store = keyv.store as Record<string, (...args: unknown[]) => unknown>;
    for (const name of ['get', 'getMany', 'has', 'hasMany', 'set', 'setMany', 'delete', 'deleteMany']) {
      const real = store[name]!;
      store[name] = (...args) => {
        reads.push(name);
        return real.apply(store, args);
      };
    }
    const plugin = await pluginOn(keyv);
    expect(await plugin.checkOutbound?.(view())).toBeUndefined();
    expect(reads).toEqual(['getMany']);
    await storage.close();
  });

  it('throws when the storage does', async () => {
    const failing = {
      opts: { dialect: 'sqlite' },
      get: () => Promise.reject(new Error('away')),
      getMany: () => Promise.reject(new Error('away')),
      set: () => true,
      delete: () => true,
      clear: () => {},
      on() {
        return this;
      },
    };
    const keyv = new Keyv({ store: failing as never, useKeyPrefix: false, throwOnErrors: true, emitErrors: false });
    const plugin = await pluginOn(keyv);
    await expect(plugin.checkOutbound?.(view())).rejects.toThrow('away');
  });

  it('throws when the plugin has not been set up', () => {
    expect(() => optOut().checkOutbound?.(view())).toThrow('not running');
  });

  it('finds nothing in a storage without an entry', async () => {
    const storage = memoryStorage();
    await storage.open({ clock: new VirtualClock(), log: silentLog });
    const plugin = await pluginOn(storage.keyv('plugin:opt-out'));
    expect(await plugin.checkOutbound?.(view())).toBeUndefined();
  });
});
