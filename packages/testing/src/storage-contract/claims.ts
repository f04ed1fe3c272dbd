import { expect, it } from 'vitest';
import type { Setting } from './setting.ts';

export function claimsContract(setting: Setting): void {
  it('gives a key to one of many that ask at once', async () => {
    const owners = await Promise.all(
      Array.from({ length: 20 }, (_, index) => setting.storage.claim('key', `owner-${index}`, 1_000)),
    );
    expect(new Set(owners)).toEqual(new Set([owners[0]]));
    expect(await setting.storage.claim('other', 'me', 1_000)).toBe('me');
  });

  it('lets it go when its time on the clock is over, and not later because the owner asked again', async () => {
    const { storage, clock } = setting;
    expect(await storage.claim('key', 'me', 1_000)).toBe('me');
    await clock.advance(999);
    expect(await storage.claim('key', 'me', 1_000)).toBe('me');
    expect(await storage.claim('key', 'you', 1_000)).toBe('me');
    await clock.advance(1);
    expect(await storage.claim('key', 'you', 1_000)).toBe('you');
    expect(await storage.claim('key', 'me', 1_000)).toBe('you');
  });

  it('takes it back from its owner only', async () => {
    const { storage } = setting;
    await storage.claim('key', 'me', 1_000);
    await storage.release('key', 'you');
    expect(await storage.claim('key', 'you', 1_000)).toBe('me');
    await storage.release('key', 'me');
    await storage.release('key', 'me');
    expect(await storage.claim('key', 'you', 1_000)).toBe('you');
  });

  it('holds when the storage is opened again', async () => {
    await setting.storage.claim('key', 'me', 1_000);
    const storage = await setting.reopen();
    expect(await storage.claim('key', 'you', 1_000)).toBe('me');
    await setting.clock.advance(1_000);
    expect(await storage.claim('key', 'you', 1_000)).toBe('you');
  });
}
