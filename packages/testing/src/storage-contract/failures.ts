import type { FailuresQuery, MessageRecord } from '@parley/core';
import { expect, it } from 'vitest';
import { buildKey, buildMessage, buildUpdate } from '../records.ts';
import { store } from './messages.ts';
import { OTHER, type Setting } from './setting.ts';

export function failuresContract(setting: Setting): void {
  const failures = (query: Partial<FailuresQuery> = {}) =>
    setting.storage.messages.failures({ since: 0, until: 1_000, limit: 1_000, ...query });

  const failed = (id: string, at: number, code?: string, fields: Partial<MessageRecord> = {}) =>
    buildMessage({
      id,
      at,
      direction: 'outbound',
      status: 'failed',
      ...(code === undefined ? {} : { error: { code, reason: 'A "quoted" reason, \u0000 and \ud83d' } }),
      ...fields,
    });

  const atOther = { conversation: buildKey(1, OTHER), app: 'school', ours: OTHER };

  it('counts by code in a span of time, of an app or a number of ours or all', async () => {
    await store(setting, [
      failed('a', 10, '30003'),
      failed('b', 20, '30007', { text: 'cut \ud83d off' }),
      failed('c', 30, '30007'),
      failed('d', 40, '21610', atOther),
      failed('e', 50, undefined, atOther),
      failed('f', 60, '30003', atOther),
      failed('g', 70, '30003', atOther),
      buildMessage({ id: 'h', at: 20, direction: 'outbound', status: 'delivered' }),
      buildMessage({ id: 'i', at: 20, direction: 'outbound', status: 'sent', error: { code: '30003', reason: 'r' } }),
    ]);
    const all = [{ code: '30003', count: 3 }, { code: '30007', count: 2 }, { count: 1 }, { code: '21610', count: 1 }];
    expect(await failures()).toEqual({ counts: all, complete: true });
    const clinic = { counts: [all[1], { code: '30003', count: 1 }], complete: true };
    expect(await failures({ app: 'clinic' })).toEqual(clinic);
    expect(await failures({ app: 'clinic', ours: OTHER })).toEqual({ counts: [], complete: true });
    const school = { counts: [{ code: '30003', count: 2 }, all[2], all[3]], complete: true };
    expect(await failures({ ours: OTHER })).toEqual(school);
    expect(await failures({ since: 20, until: 40 })).toEqual({ counts: [all[1]], complete: true });
    expect(await failures({ since: 20, until: 20 })).toEqual({ counts: [], complete: true });
    await setting.reopen();
    expect(await failures()).toEqual({ counts: all, complete: true });
  });

  it('counts a message that comes to fail, and no longer when it was delivered after all', async () => {
    await store(setting, [buildMessage({ id: 'm', at: 10, direction: 'outbound' })]);
    expect(await failures()).toEqual({ counts: [], complete: true });
    const { messages } = setting.storage;
    await messages.applyStatus(
      'm' as never,
      buildUpdate('failed', { code: '30003', reason: 'Gone', at: 20, carrierDate: '2026-01-05T17:00:00Z' }),
    );
    expect((await failures()).counts).toEqual([{ code: '30003', count: 1 }]);
    await messages.applyStatus('m' as never, buildUpdate('delivered', { at: 30, carrierDate: '2026-01-05T17:00:01Z' }));
    expect(await failures()).toEqual({ counts: [], complete: true });
  });

  it('looks through the newest only, as many as it is told to, and says so', async () => {
    await store(
      setting,
      Array.from({ length: 30 }, (_, at) => failed(`m${at}`, at, at < 15 ? 'old' : 'new', at === 29 ? atOther : {})),
    );
    const one = (code: string, count: number) => ({ code, count });
    expect(await failures({ limit: 30 })).toEqual({ counts: [one('new', 15), one('old', 15)], complete: true });
    expect(await failures({ limit: 29 })).toEqual({ counts: [one('new', 15), one('old', 14)], complete: false });
    expect(await failures({ limit: 10 })).toEqual({ counts: [one('new', 10)], complete: false });
    expect(await failures({ limit: 10, app: 'clinic' })).toEqual({ counts: [one('new', 9)], complete: false });
    expect(await failures({ limit: 10, since: 25 })).toEqual({ counts: [one('new', 5)], complete: true });
    expect(await failures({ limit: 10, until: 5 })).toEqual({ counts: [one('old', 5)], complete: true });
  });
}
