import { policyContract } from '@parley/testing/contracts';
import { duplicateLimit } from '../src/index.ts';

const CODE = 'error.platform.message-limiter.duplicate-message-sent';
const hello = { notify: 'Hello from the clinic' };
const BEN = '+14155550124';

policyContract('duplicate-limit', {
  create: () => duplicateLimit(),
  codes: [CODE],
  examples: [
    { what: 'lets a text out once', steps: [hello], ends: 'sent' },
    {
      what: 'refuses it half an hour long',
      steps: [hello, { wait: { minutes: 25 } }, hello],
      ends: 'denied',
      code: CODE,
    },
    { what: 'lets it out again after that', steps: [hello, { wait: { minutes: 35 } }, hello], ends: 'sent' },
    { what: 'lets other words out', steps: [hello, { notify: 'Good evening from the clinic' }], ends: 'sent' },
    { what: 'lets it out to others', steps: [hello, { ...hello, person: BEN }], ends: 'sent' },
    {
      what: 'takes an answer of a bot for a text',
      steps: [{ text: 'Hello there' }, { text: 'Hello there' }, hello],
      ends: 'sent',
    },
  ],
});
