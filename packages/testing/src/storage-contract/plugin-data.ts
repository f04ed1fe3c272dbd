import { expect, it } from 'vitest';
import { present, type Setting } from './setting.ts';

export function pluginDataContract(setting: Setting): void {
  values(setting);
  timesToLive(setting);
}

/** What an iterator gives, by key. */
async function entries(setting: Setting, namespace: string): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  const iterator = setting.storage.keyv(namespace).iterator;
  for await (const [key, value] of present(iterator)(undefined)) found[key] = value;
  return found;
}

function values(setting: Setting): void {
  it('keeps values of any kind, and has them when it is opened again', async () => {
    const kept = { text: ':colon', list: [1, null, { deep: true }], number: 0, no: false, bytes: Buffer.from('ab') };
    const before = setting.storage.keyv('consent');
    for (const [key, value] of Object.entries(kept)) await before.set(key, value);
    await before.set('text', kept.text);
    const after = (await setting.reopen()).keyv('consent');
    for (const [key, value] of Object.entries(kept)) expect(await after.get(key)).toEqual(value);
    expect(await after.get(['text', 'nothing', 'number'])).toEqual([':colon', undefined, 0]);
    expect(await after.get('nothing')).toBeUndefined();
  });

  it('gives the same data for the same namespace, and keeps namespaces apart', async () => {
    const { storage } = setting;
    await storage.keyv('a').set('b:c', 1);
    await storage.keyv('a:b').set('c', 2);
    await storage.keyv('').set('c', 3);
    expect(await storage.keyv('a').get('b:c')).toBe(1);
    expect(await storage.keyv('a').get('c')).toBeUndefined();
    await storage.keyv('a').clear();
    expect(await storage.keyv('a').get('b:c')).toBeUndefined();
    expect(await entries(setting, 'a:b')).toEqual({ c: 2 });
    expect(await entries(setting, '')).toEqual({ c: 3 });
  });

  it('tells what is there and deletes it', async () => {
    const keyv = setting.storage.keyv('a');
    await keyv.setMany(['x', 'y', 'z'].map((key) => ({ key, value: key })));
    expect(await keyv.has('x')).toBe(true);
    expect(await keyv.has(['x', 'nothing'])).toEqual([true, false]);
    expect(await keyv.delete('x')).toBe(true);
    expect(await keyv.delete('x')).toBe(false);
    await keyv.deleteMany(['y', 'nothing']);
    expect(await keyv.has('x')).toBe(false);
    expect(await entries(setting, 'a')).toEqual({ z: 'z' });
  });

  it('goes through more values than one page', async () => {
    const keyv = setting.storage.keyv('a');
    const wanted = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`key-${index}`, index]));
    await Promise.all(Object.entries(wanted).map(([key, value]) => keyv.set(key, value)));
    expect(await entries(setting, 'a')).toEqual(wanted);
  });

  it('can not be changed through what it gave out', async () => {
    const keyv = setting.storage.keyv('a');
    const value = { n: 1 };
    await keyv.set('k', value);
    value.n = 2;
    Object.assign((await keyv.get<object>('k')) ?? {}, { n: 3 });
    expect(await keyv.get('k')).toEqual({ n: 1 });
  });

  it('answers the last of several writes', async () => {
    const keyv = setting.storage.keyv('a');
    await Promise.all([1, 2, 3].map((value) => keyv.set('k', value)));
    expect(await keyv.get('k')).toBe(3);
  });
}

function timesToLive(setting: Setting): void {
  it('forgets a value when its time on the clock is over', async () => {
    const keyv = setting.storage.keyv('a');
    await keyv.set('short', 1, 1_000);
    await keyv.set('long', 2, 100_000);
    await keyv.set('for ever', 3);
    await setting.clock.advance(999);
    expect(await keyv.get('short')).toBe(1);
    await setting.clock.advance(1);
    expect(await keyv.get('short')).toBeUndefined();
    expect(await keyv.has('short')).toBe(false);
    expect(await keyv.delete('short')).toBe(false);
    expect(await entries(setting, 'a')).toEqual({ long: 2, 'for ever': 3 });
    await setting.reopen();
    await setting.clock.advance(99_000);
    expect(await entries(setting, 'a')).toEqual({ 'for ever': 3 });
  });

  it('keeps a value whose time has begun anew', async () => {
    const keyv = setting.storage.keyv('a');
    await keyv.set('k', 1, 1_000);
    await keyv.set('other', 1, 1_000);
    await setting.clock.advance(900);
    await keyv.set('k', 2, 1_000);
    await keyv.set('other', 2);
    await setting.clock.advance(900);
    // A write clears away what has run out.
    await keyv.set('third', 3, 1_000);
    expect(await entries(setting, 'a')).toEqual({ k: 2, other: 2, third: 3 });
  });
}
