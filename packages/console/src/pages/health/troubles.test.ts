import type { Health } from '@parley/api';
import { describe, expect, it } from 'vitest';
import { formatCount, formatShare } from '../../lib/format.ts';
import { calmOf, troublesOf } from './troubles.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const TO = { failed: '/texts?status=failed', sent: '/texts?status=sent' };

const WELL: Health = {
  totals: { received: 40, pending: 1, sent: 3, delivered: 99, failed: 1 },
  ...{ days: [], apps: [], failures: [{ code: '30003', count: 1 }], failuresPartial: false, deferred: [] },
  queue: { due: 2, atLeast: false, since: NOW - 1_000 },
  parked: { count: 0, atLeast: false },
  stuck: { count: 0, atLeast: false, status: 'sent' },
};

const troubles = (patch: Partial<Health>) => troublesOf({ ...WELL, ...patch }, 'today', TO, NOW);

describe('what is wrong', () => {
  it('is nothing while a text in a hundred fails and the queue moves', () => {
    expect(troubles({})).toEqual([]);
    expect(troubles({ totals: { received: 0, pending: 0, sent: 0, delivered: 0, failed: 0 } })).toEqual([]);
  });

  it('is not that one or two fail, unless hardly any gets through', () => {
    const none = { received: 0, pending: 0, sent: 0, delivered: 0, failed: 0 };
    expect(troubles({ totals: { ...none, delivered: 8, failed: 2 } })).toEqual([]);
    expect(troubles({ totals: { ...none, delivered: 1, failed: 2 } })).toMatchObject([{ id: 'failing', tone: 'bad' }]);
  });

  it('is that texts fail, with the reason, and bad once it is a tenth of them', () => {
    const totals = { ...WELL.totals, failed: 4 };
    const explanation = { meaning: 'The handset is out of reach.', advice: 'Try later.' };
    const [trouble, ...others] = troubles({ totals, failures: [{ code: '30003', count: 4, explanation }] });
    expect(others).toEqual([]);
    expect(trouble).toMatchObject({ id: 'failing', tone: 'warn', to: TO.failed });
    expect(trouble?.text).toContain('4 of 107 texts failed today');
    expect(trouble?.text).toContain('The handset is out of reach (30003).');
    expect(troubles({ totals: { ...totals, failed: 20 }, failures: [] })).toMatchObject([{ tone: 'bad' }]);
  });

  it('is a queue that is late, not one that is long', () => {
    expect(troubles({ queue: { due: 9_000, atLeast: false, since: NOW - 29_000 } })).toEqual([]);
    const [trouble] = troubles({ queue: { due: 1, atLeast: false, since: NOW - 65_000 } });
    expect(trouble?.text).toContain('1 conversation is late, the oldest by 1 min 5 s');
  });

  it('is bad before it is worth a look', () => {
    const found = troubles({
      totals: { ...WELL.totals, failed: 4 },
      parked: { count: 1_000, atLeast: true },
      stuck: { count: 1, atLeast: false, status: 'sent' },
    });
    expect(found.map(({ id }) => id)).toEqual(['parked', 'failing', 'stuck']);
    expect(found[0]?.text).toContain(`${formatCount(1_000)} or more conversations are parked`);
  });
});

describe('while nothing is wrong', () => {
  const none = { received: 0, pending: 0, sent: 0, delivered: 0, failed: 0 };
  const calm = (patch: Partial<Health>) => calmOf({ ...WELL, ...patch }, 'today', TO);

  it('all is well only if no text failed', () => {
    expect(calm({ totals: { ...none, delivered: 5, failed: 2 } })).toEqual({
      title: 'Nothing needs you now.',
      text: '2 of 7 texts failed today.',
      to: TO.failed,
    });
    expect(calm({ totals: { ...none, delivered: 7 } })).toMatchObject({ title: 'All is well.' });
  });

  it('how texts fare is said, and how many are held back', () => {
    const deferred = [{ code: 'error.platform.tcpa.quiet-hours', count: 3 }];
    expect(calm({ totals: { ...none, delivered: 7 }, deferred }).text).toBe(
      `${formatShare(1)} of the texts that are done arrived today; nothing is late or parked. 3 wait for their moment.`,
    );
    expect(calm({ totals: { ...none, sent: 1 } }).text).toBe('1 text is on its way.');
    expect(calm({ totals: none }).text).toBe('No text was sent today, and nothing is late or parked.');
  });
});
