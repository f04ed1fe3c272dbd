import type { MessageTotal, TotalsQuery } from '@parley/core';
import { expect, it } from 'vitest';
import { buildKey, buildMessage, buildUpdate, OURS } from '../records.ts';
import { store } from './messages.ts';
import { OTHER, type Setting } from './setting.ts';

const DAY = 24 * 60 * 60 * 1_000;
const outbound = { direction: 'outbound' } as const;

export function totalsContract(setting: Setting): void {
  const sorted = async (query?: TotalsQuery) => [...(await setting.storage.messages.totals(query))].sort(byGroup);

  it('counts by app, direction and status, as messages come and move', async () => {
    await store(setting, [
      buildMessage({ id: 'a', at: 1 }),
      buildMessage({ id: 'b', at: 2, ...outbound }),
      buildMessage({ id: 'c', at: 3 + DAY, ...outbound, conversation: buildKey(1, OTHER) }),
      buildMessage({ id: 'd', at: 4, ...outbound, app: 'school' }),
    ]);
    const { messages } = setting.storage;
    const sent = buildUpdate('sent');
    await Promise.all([messages.applyStatus('b' as never, sent), messages.applyStatus('b' as never, sent)]);
    await messages.applyStatus('d' as never, buildUpdate('delivered'));
    await messages.applyStatus('d' as never, sent);
    const clinic = [
      { app: 'clinic', direction: 'inbound', status: 'received', count: 1 },
      { app: 'clinic', direction: 'outbound', status: 'pending', count: 1 },
      { app: 'clinic', direction: 'outbound', status: 'sent', count: 1 },
    ] as const;
    const school = { app: 'school', direction: 'outbound', status: 'delivered', count: 1 } as const;
    expect(await sorted()).toEqual([...clinic, school].sort(byGroup));
    expect(await sorted({ app: 'clinic' })).toEqual([...clinic].sort(byGroup));
    expect(await messages.totals({ app: 'nobody' })).toEqual([]);
    await setting.reopen();
    expect(await sorted()).toEqual([...clinic, school].sort(byGroup));
  });

  it('gives figures for each number of ours and each day, as far as is asked for', async () => {
    const other = buildKey(1, OTHER);
    await store(setting, [
      buildMessage({ id: 'a', at: 10 * DAY }),
      buildMessage({ id: 'b', at: 11 * DAY - 1 }),
      buildMessage({ id: 'c', at: 11 * DAY }),
      buildMessage({ id: 'd', at: 10 * DAY + 5, conversation: other }),
      buildMessage({ id: 'e', at: 12 * DAY + 5, conversation: other, app: 'school' }),
    ]);
    const received = { direction: 'inbound', status: 'received' } as const;
    const clinic = { app: 'clinic', ...received };
    const school = { app: 'school', ...received };
    expect(await sorted({ by: [] })).toEqual(
      [
        { ...clinic, count: 4 },
        { ...school, count: 1 },
      ].sort(byGroup),
    );
    expect(await sorted({ by: ['ours'] })).toEqual(
      [
        { ...clinic, ours: OURS, count: 3 },
        { ...clinic, ours: OTHER, count: 1 },
        { ...school, ours: OTHER, count: 1 },
      ].sort(byGroup),
    );
    expect(await sorted({ by: ['day'] })).toEqual(
      [
        { ...clinic, day: 10 * DAY, count: 3 },
        { ...clinic, day: 11 * DAY, count: 1 },
        { ...school, day: 12 * DAY, count: 1 },
      ].sort(byGroup),
    );
    const both = [
      { ...clinic, ours: OURS, day: 10 * DAY, count: 2 },
      { ...clinic, ours: OURS, day: 11 * DAY, count: 1 },
      { ...clinic, ours: OTHER, day: 10 * DAY, count: 1 },
      { ...school, ours: OTHER, day: 12 * DAY, count: 1 },
    ].sort(byGroup);
    expect(await sorted({ by: ['ours', 'day'] })).toEqual(both);
    expect(await sorted({ by: ['day', 'ours'] })).toEqual(both);
    expect(await sorted({ by: ['ours', 'day'], app: 'clinic', ours: OTHER })).toEqual([
      { ...clinic, ours: OTHER, day: 10 * DAY, count: 1 },
    ]);
    await setting.reopen();
    expect(await sorted({ by: ['ours', 'day'] })).toEqual(both);
  });

  it('counts the days from since on and before until, both UTC, for one number or all', async () => {
    const days = [10, 11, 12, 13];
    await store(
      setting,
      days.flatMap((day) => [
        buildMessage({ id: `a${day}`, at: day * DAY + 7 }),
        buildMessage({ id: `b${day}`, at: day * DAY, conversation: buildKey(0, OTHER) }),
      ]),
    );
    const counted = async (query: TotalsQuery) => (await sorted(query)).map(({ count }) => count);
    // The day of the moment, whatever the time of it.
    expect(await counted({ since: 12 * DAY + 999 })).toEqual([4]);
    expect(await counted({ until: 12 * DAY + 999 })).toEqual([4]);
    expect(await counted({ since: 11 * DAY, until: 12 * DAY })).toEqual([2]);
    expect(await counted({ since: 11 * DAY, ours: OURS })).toEqual([3]);
    expect(await counted({ since: 11 * DAY, until: 13 * DAY, ours: OURS, by: ['day'] })).toEqual([1, 1]);
    expect(await counted({ since: 12 * DAY, until: 12 * DAY })).toEqual([]);
    expect(await counted({ since: 14 * DAY })).toEqual([]);
  });

  it('follows a message that moves on the day and the number of the message', async () => {
    await store(setting, [
      buildMessage({ id: 'a', at: 10 * DAY, ...outbound }),
      buildMessage({ id: 'b', at: 11 * DAY, ...outbound }),
    ]);
    await setting.clock.advance(20 * DAY);
    await setting.storage.messages.applyStatus('a' as never, buildUpdate('sent', { at: setting.clock.now() }));
    expect(await sorted({ by: ['day'] })).toEqual([
      { app: 'clinic', ...outbound, status: 'sent', day: 10 * DAY, count: 1 },
      { app: 'clinic', ...outbound, status: 'pending', day: 11 * DAY, count: 1 },
    ]);
  });
}

function byGroup(one: MessageTotal, other: MessageTotal): number {
  const name = ({ app, ours, day, status }: MessageTotal) =>
    [app, ours ?? '', String(day ?? 0).padStart(15, '0'), status].join('\n');
  return name(one) < name(other) ? -1 : 1;
}
