import { describe } from 'vitest';
import { anythingContract } from './anything.ts';
import { endingContract } from './ending.ts';
import { examplesContract } from './examples.ts';
import { forgettingContract } from './forgetting.ts';
import { samenessContract } from './sameness.ts';
import type { PolicyUnderTest } from './setting.ts';

export type { PolicyExample, PolicyStep, PolicyUnderTest } from './setting.ts';

/**
 * Tests a policy, a plugin that has a say in which messages leave and how, against what every policy has to hold. Call it in a test file of vitest. What the
 * policy is for, you say by examples; they are run with the real engine in virtual time, as they are and in other orders, over sends that fail, deaths of
 * the process, texts that come twice, and people who are erased.
 *
 * @example
 * ```ts
 * policyContract('weekly-limit', {
 *   create: () => weeklyLimit({ most: 2 }),
 *   codes: ['weekly-limit.reached'],
 *   examples: [
 *     {
 *       what: 'lets a third notification wait',
 *       steps: [{ notify: 'The first' }, { notify: 'The second' }, { notify: 'The third' }],
 *       ends: 'deferred',
 *     },
 *   ],
 * });
 * ```
 */
export function policyContract(name: string, underTest: PolicyUnderTest): void {
  describe(`policy contract: ${name}`, () => {
    describe('by example', () => examplesContract(underTest));
    describe('whatever it is asked', () => anythingContract(underTest));
    describe('waiting', () => endingContract(underTest));
    describe('in any world', () => samenessContract(underTest));
    describe('what it keeps', () => forgettingContract(underTest));
  });
}
