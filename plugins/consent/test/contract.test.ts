import type { ConsentEntry, Plugin } from '@parley/core';
import { type PolicyStep, policyContract } from '@parley/testing/contracts';
import { type ConsentPlugin, consent } from '../src/index.ts';
import { ANN, buildEntry } from './support/ledger.ts';

const offer = { notify: 'Two for the price of one', category: 'marketing' } as const;
const news = { notify: 'News of the clinic' };

/** An entry in the ledger at this moment, the same one whenever the story is told. */
function entry(kind: ConsentEntry['kind']): PolicyStep {
  return {
    act: (plugin: Plugin, now: number) =>
      (plugin as ConsentPlugin).record(buildEntry({ id: `${kind}-${now}`, kind, person: ANN, at: now })),
  };
}

policyContract('consent', {
  create: () => consent(),
  codes: ['error.platform.consent.missing', 'error.platform.consent.revoked'],
  // Who has agreed to what, and when, is a proof.
  proofs: /^(head|link|id|consent:place) /,
  examples: [
    { what: 'refuses an offer to somebody who has not agreed', steps: [offer], ends: 'denied' },
    { what: 'lets news out to them', steps: [news], ends: 'sent' },
    { what: 'lets an offer out to somebody who has agreed', steps: [entry('given'), offer], ends: 'sent' },
    {
      what: 'refuses it once that was taken back',
      steps: [entry('given'), { wait: { minutes: 1 } }, entry('revoked'), offer],
      ends: 'denied',
      code: 'error.platform.consent.revoked',
    },
    {
      what: 'refuses news then as well',
      steps: [entry('given'), { wait: { minutes: 1 } }, entry('revoked'), news],
      ends: 'denied',
      code: 'error.platform.consent.revoked',
    },
  ],
});
