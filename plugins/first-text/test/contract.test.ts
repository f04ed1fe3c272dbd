import { policyContract } from '@parley/testing/contracts';
import { firstText } from '../src/index.ts';

const FOOTER =
  'From Riverside Clinic. Msg frequency varies. Msg & data rates may apply. Reply HELP for help, STOP to cancel.';

policyContract('first-text', {
  create: () => firstText(),
  codes: [],
  examples: [
    {
      what: 'adds to the first text who is texting',
      steps: [{ notify: 'We open at noon.' }],
      ends: 'sent',
      as: `We open at noon.\n${FOOTER}`,
    },
    {
      what: 'adds nothing to the second',
      steps: [{ notify: 'We open at noon.' }, { notify: 'We close at six.' }],
      ends: 'sent',
      as: 'We close at six.',
    },
    {
      what: 'adds nothing once a bot has answered',
      steps: [{ text: 'Hello there' }, { notify: 'We open at noon.' }],
      ends: 'sent',
      as: 'We open at noon.',
    },
    {
      what: 'adds it to the first text of each person',
      steps: [{ notify: 'We open at noon.', person: '+14155550124' }, { notify: 'We open at noon.' }],
      ends: 'sent',
      as: `We open at noon.\n${FOOTER}`,
    },
    {
      what: 'says it in the language of the person',
      steps: [{ knows: { locale: 'es' } }, { notify: 'Abrimos al mediodía.' }],
      ends: 'sent',
    },
  ],
});
