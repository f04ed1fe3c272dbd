import { policyContract } from '@parley/testing/contracts';
import { tcpa } from '../src/index.ts';

/** In San Francisco, as the number says. */
const NIGHT = '2026-11-24T10:00:00Z';
const MORNING = '2026-11-24T18:00:00Z';
const MAX = '+13055550123';

const news = { notify: 'News of the clinic' };
const toMax = { ...news, category: 'marketing', person: MAX } as const;

policyContract('tcpa', {
  create: () => tcpa(),
  codes: [
    'error.platform.tcpa.quiet-hours',
    'error.platform.tcpa.banned-day',
    'error.platform.tcpa.holiday',
    'error.platform.tcpa.emergency-ban',
    'error.platform.tcpa.frequency-cap',
    'error.platform.tcpa.no-window',
    'error.platform.tcpa.no-rule',
  ],
  stories: 2,
  examples: [
    { what: 'lets a text out by day', start: MORNING, steps: [news], ends: 'sent' },
    {
      what: 'has a text wait for the morning',
      start: NIGHT,
      steps: [news],
      ends: 'deferred',
      code: 'error.platform.tcpa.quiet-hours',
    },
    {
      what: 'lets an emergency out at night',
      start: NIGHT,
      steps: [{ ...news, category: 'emergency' }],
      ends: 'sent',
      code: 'error.platform.tcpa.quiet-hours',
    },
    {
      what: 'goes by where the person is known to be',
      start: NIGHT,
      steps: [{ knows: { timeZone: 'Pacific/Honolulu' } }, news],
      ends: 'deferred',
    },
    {
      what: 'has a fourth text of a day in Florida wait',
      start: MORNING,
      steps: [toMax, toMax, { wait: { minutes: 20 } }, toMax, toMax],
      ends: 'deferred',
      code: 'error.platform.tcpa.frequency-cap',
    },
    {
      what: 'lets it out a day later',
      start: MORNING,
      steps: [toMax, toMax, toMax, { wait: { hours: 25 } }, toMax],
      ends: 'sent',
    },
    {
      what: 'lets a text out to where no rule is known, and says so',
      start: MORNING,
      steps: [{ ...news, person: '+4930123456' }],
      ends: 'sent',
      code: 'error.platform.tcpa.no-rule',
    },
  ],
});
