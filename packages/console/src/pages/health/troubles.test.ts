import type { Health } from '@parley/api';
import { describe, expect, it } from 'vitest';
import { formatCount } from '../../lib/format.ts';
import { troublesOf } from './troubles.ts';

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
