import { expect, it } from 'vitest';
import { buildActivity, buildDocument, buildKey, commits } from '../records.ts';
import { present, type Setting } from './setting.ts';

export function activityContract(setting: Setting): void {
  it('lists what happened in a conversation, a journey or anywhere, newest first', async () => {
    const [anna, ben] = [buildKey(1), buildKey(2)];
    const { conversations, activity } = setting.storage;
    const first = buildActivity({ id: 'a1', conversation: anna, at: 1, journey: 'j1', kind: 'journey.started' });
    const second = buildActivity({
      id: 'a2',
      conversation: anna,
      at: 2,
      journey: 'j1',
      name: 'booked',
      data: { slot: 3 },
    });
    const third = buildActivity({ id: 'a3', conversation: ben, at: 3, journey: 'j2' });
    const fourth = buildActivity({ id: 'a4', conversation: anna, at: 4, kind: 'handoff' });
    await conversations.turn(anna, () => commits(buildDocument({ key: anna }), { activity: [first, second] }));
    await conversations.turn(ben, () => commits(buildDocument({ key: ben }), { activity: [third] }));
    await conversations.turn(anna, (document) => commits(present(document), { activity: [fourth] }));
    expect(await activity.list({ limit: 10 })).toEqual([fourth, third, second, first]);
    expect(await activity.list({ limit: 2 })).toEqual([fourth, third]);
    expect(await activity.list({ conversation: anna, limit: 10 })).toEqual([fourth, second, first]);
    expect(await activity.list({ journey: 'j1', limit: 10 })).toEqual([second, first]);
    expect(await activity.list({ conversation: ben, journey: 'j1', limit: 10 })).toEqual([]);
    expect(await activity.list({ conversation: buildKey(3), limit: 10 })).toEqual([]);
  });
}
