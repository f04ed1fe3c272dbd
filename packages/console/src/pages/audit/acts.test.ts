import { type Route, routes } from '@parley/api';
import { describe, expect, it } from 'vitest';
import { targetsOf, wordsOf } from './acts.ts';

const entry = { id: '1', at: 0, user: 'ann', role: 'operator' } as const;

describe('acts of the audit log', () => {
  it('all have words', () => {
    const acts = Object.values<Route>(routes).flatMap(({ audit = [] }) => audit);
    expect(acts.length).toBeGreaterThan(10);
    for (const act of acts) expect(wordsOf(act)).not.toBe(act);
    expect(wordsOf('weather.change')).toBe('weather.change');
  });

  it('lead to what they were done to, while it is there', () => {
    expect(targetsOf({ ...entry, act: 'message.resend', target: 'm 1' })).toEqual([
      { id: 'm', to: '/texts/m' },
      { id: '1', to: '/texts/1' },
    ]);
    expect(targetsOf({ ...entry, act: 'parked.skip', target: 'a/b' })).toEqual([
      { id: 'a/b', to: '/conversations/a%2Fb' },
    ]);
    expect(targetsOf({ ...entry, act: 'person.erase', target: 'c' })).toEqual([{ id: 'c' }]);
    expect(targetsOf({ ...entry, act: 'session.sign-in' })).toEqual([]);
  });
});
