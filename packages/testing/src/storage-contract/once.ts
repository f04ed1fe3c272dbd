import { expect, it } from 'vitest';
import { buildDocument, buildKey, commits } from '../records.ts';
import { refusal, type Setting } from './setting.ts';

const DAY = 24 * 60 * 60 * 1_000;

export function onceContract(setting: Setting): void {
  const key = buildKey();

  /** A turn that counts itself. */
  const count = (once: string, conversation = key) =>
    setting.storage.conversations.turn(
      conversation,
      (document = buildDocument({ key: conversation, turns: 0 })) =>
        commits({ ...document, turns: document.turns + 1 }),
      { once },
    );
  const turns = async () => (await setting.storage.conversations.get(key))?.turns;

  it('takes in one turn under an id, however often and however close together it is asked', async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => count('SM1')));
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    expect(await count('SM1')).toEqual({ kind: 'duplicate' });
    expect(await turns()).toBe(1);
    expect(await count('SM2')).toMatchObject({ kind: 'done' });
    expect(await turns()).toBe(2);
  });

  it('does not run decide for a duplicate', async () => {
    await count('SM1');
    let ran = false;
    await setting.storage.conversations.turn(
      key,
      () => {
        ran = true;
        return { result: undefined };
      },
      { once: 'SM1' },
    );
    expect(ran).toBe(false);
  });

  it('keeps the ids of conversations apart', async () => {
    await count('SM1');
    expect(await count('SM1', buildKey(1))).toMatchObject({ kind: 'done' });
  });

  it('does not use up an id with a turn that throws or commits nothing', async () => {
    const { conversations } = setting.storage;
    await setting.turn(key, { turns: 0 });
    await refusal(
      conversations.turn(
        key,
        () => {
          throw new Error('decide threw');
        },
        { once: 'SM1' },
      ),
    );
    await conversations.turn(key, () => ({ result: undefined }), { once: 'SM1' });
    expect(await count('SM1')).toMatchObject({ kind: 'done' });
    expect(await turns()).toBe(1);
  });

  it('remembers ids when it is opened again, for seven days and over 199 others', async () => {
    await count('SM1');
    await setting.reopen();
    await setting.clock.advance(7 * DAY);
    for (let other = 0; other < 199; other++) await count(`other-${other}`);
    expect(await count('SM1')).toEqual({ kind: 'duplicate' });
    expect(await turns()).toBe(200);
  });
}
