import type { Actor } from '@parley/api';
import { describe, expect, it } from 'vitest';
import { type Draft, draftOf, patchOf } from './draft.ts';

const actor: Actor = {
  ...{ address: '+14155550123', firstName: 'Ann', region: 'CA' },
  attributes: { plan: 'gold', visits: 3, code: '007', quoted: '12', since: null },
};

function changed(change: (draft: Draft) => Draft) {
  return patchOf(actor, change(draftOf(actor)));
}

describe('a change to a profile', () => {
  it('is empty where nothing was changed, whatever attributes look like', () => {
    expect(changed((draft) => draft)).toEqual({});
  });

  it('has what was changed, and null for what is to be forgotten', () => {
    const fields = { firstName: ' Anna ', region: '', lastName: 'Lee' };
    expect(changed((draft) => ({ ...draft, fields: { ...draft.fields, ...fields } }))).toEqual({
      ...{ firstName: 'Anna', lastName: 'Lee', region: null },
    });
  });

  it('takes attributes for what they look like', () => {
    const attributes = [
      { id: 1, name: 'plan', value: 'silver' },
      { id: 2, name: 'visits', value: '4' },
      { id: 3, name: ' vip ', value: 'true' },
      { id: 4, name: '', value: 'nothing' },
      { id: 5, name: 'code', value: '007' },
      { id: 6, name: 'since', value: 'null' },
    ];
    expect(changed((draft) => ({ ...draft, attributes }))).toEqual({
      attributes: { quoted: null, plan: 'silver', visits: 4, vip: true },
    });
  });
});
