import type { Message } from '@parley/api';
import { expect, it } from 'vitest';
import { itemsOf } from './items.ts';

const at = (day: number, hour: number): Message => {
  const moment = new Date(2026, 10, day, hour).getTime();
  return { id: `${day}/${hour}`, at: moment } as Message;
};

it('puts days between texts, and the way to older ones ahead of all', () => {
  const keys = itemsOf([at(1, 9), at(1, 23), at(2, 0)], true).map(({ kind, key }) => (kind === 'day' ? 'day' : key));
  expect(keys).toEqual(['older', 'day', '1/9', '1/23', 'day', '2/0']);
  expect(itemsOf([], false)).toEqual([]);
});
