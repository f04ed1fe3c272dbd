import { type Address, type ConversationQuery, conversationKey } from '@parley/core';
import { expect, it } from 'vitest';
import { OURS } from '../records.ts';
import { OTHER, type Setting } from './setting.ts';

const at = (theirs: string, ours: Address = OURS) => conversationKey(ours, theirs as Address);

const anna = at('+14155560001');
const annaAtOther = at('+14155560001', OTHER);
const annaOnWhatsapp = at('whatsapp:+14155560001', `whatsapp:${OURS}` as Address);
const ben = at('+14155560002');
const longer = at('+141555600011');
const cleo = at('+14165550003', OTHER);
const shortCode = at('41555');

export function peopleContract(setting: Setting): void {
  const find = async (person: string, query: Partial<ConversationQuery> = {}) =>
    (await setting.storage.conversations.list({ person, limit: 10, ...query })).map(({ key }) => key);

  async function begin(): Promise<void> {
    for (const key of [cleo, longer, shortCode, annaOnWhatsapp, ben, annaAtOther, anna]) await setting.turn(key);
    await setting.turn(annaAtOther, { app: 'school', handoff: { to: 'desk', at: 1 } });
    await setting.turn(ben, { app: 'school', parked: [] });
  }

  it('finds people by the beginning of their number, under every channel and at every number of ours', async () => {
    await begin();
    expect(await find('+1415')).toEqual([anna, annaAtOther, annaOnWhatsapp, longer, ben]);
    expect(await find('+14155560001')).toEqual([anna, annaAtOther, annaOnWhatsapp, longer]);
    expect(await find('whatsapp:+14155560002')).toEqual([ben]);
    expect(await find('4155')).toEqual([shortCode]);
    expect(await find('+141555600012')).toEqual([]);
    expect(await find('+1999')).toEqual([]);
    await setting.reopen();
    expect(await find('+1416')).toEqual([cleo]);
  });

  it('looks for whatever else is asked for among them', async () => {
    await begin();
    expect(await find('+1415', { app: 'school' })).toEqual([annaAtOther, ben]);
    expect(await find('+1415', { parked: true })).toEqual([ben]);
    expect(await find('+1415', { app: 'school', handedOver: true })).toEqual([annaAtOther]);
    expect(await find('+1416', { handedOver: true })).toEqual([]);
    expect(await find('+1415', { app: 'nobody' })).toEqual([]);
  });

  it('goes on after a key, page by page', async () => {
    await begin();
    const all = await find('+1415');
    for (const limit of [1, 2, 3]) {
      const found: string[] = [];
      for (let page = await find('+1415', { limit }); page.length > 0; ) {
        found.push(...page);
        page = await find('+1415', { limit, after: page.at(-1) as typeof anna });
      }
      expect(found).toEqual(all);
    }
    expect(await find('+1416', { after: ben })).toEqual([cleo]);
    expect(await find('+1415', { after: cleo })).toEqual([]);
  });

  it('takes what is in no number as it is', async () => {
    await begin();
    for (const odd of ['%', '+1415%', '_1415', '\u0000', '\ud83d', "'", '+1415\u{10ffff}']) {
      expect(await find(odd)).toEqual([]);
    }
  });
}
