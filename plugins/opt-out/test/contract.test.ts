import { policyContract } from '@parley/testing/contracts';
import { optOut } from '../src/index.ts';

const OPTED_OUT = 'error.platform.opt-out.opted-out';
const UNSURE = 'error.platform.opt-out.unsure';
const news = { notify: 'News of the clinic' };
const unsure = { text: 'stop by the office at 5' };

policyContract('opt-out', {
  create: () => optOut({ brand: 'Riverside' }),
  codes: [OPTED_OUT, UNSURE],
  // Who has opted out stays opted out when they are forgotten.
  proofs: /^out |^in |^opt-out:confirm /,
  examples: [
    { what: 'lets a text out', steps: [news], ends: 'sent' },
    {
      what: 'refuses it to somebody who has said STOP',
      steps: [{ text: 'STOP' }, news],
      ends: 'denied',
      code: OPTED_OUT,
    },
    {
      what: 'lets an emergency out to them',
      steps: [{ text: 'STOP' }, { ...news, category: 'emergency' }],
      ends: 'sent',
    },
    {
      what: 'lets it out once they want texts again',
      steps: [{ text: 'STOP' }, { text: 'START' }, news],
      ends: 'sent',
    },
    { what: 'lets it out to others', steps: [{ text: 'STOP', person: '+14155550124' }, news], ends: 'sent' },
    { what: 'answers HELP and goes on', steps: [{ text: 'HELP' }, news], ends: 'sent' },
    {
      what: 'has what nobody has asked for wait where somebody has to say what was meant',
      steps: [unsure, news],
      ends: 'deferred',
      code: UNSURE,
      release: [{ wait: { minutes: 3 } }, { text: 'I will be there' }, { wait: { hours: 2 } }],
    },
  ],
});
