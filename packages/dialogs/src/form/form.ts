import { setupBot } from '@parley/core';
import type { Dialog } from '../dialog.ts';
import { requireOptions } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { type FormContext, startingWith } from './context.ts';
import { planOf } from './plan.ts';
import { type AnyFormOptions, formStates } from './states.ts';
import type { Answers, Fields, FormInput, FormOptions, Unfinished } from './types.ts';

/**
 * Asks for several things in order, says them all and asks whether they are right, and has people change what is not. What is known
 * already is not asked.
 *
 * ```ts
 * const order = form({
 *   fields: { size, delivery, address },
 *   when: { address: ({ answers }) => answers.delivery === 'yes' },
 *   review: ({ answers }) => `A ${answers.size} pizza.`,
 * });
 * ```
 *
 * It is answered with all the answers by field. The outcome of one that has come to nothing has those that were given, as `answers`.
 *
 * @throws `error.platform.config.malformed`
 */
export function form<const Given extends Fields, Data = unknown, Conditional extends keyof Given & string = never>(
  options: FormOptions<Given, Data, Conditional>,
): Dialog<Answers<Given, Conditional>, FormInput<Given, Data>, Unfinished<Given>> {
  requireOptions('form', options);
  return machineOf(options as unknown as AnyFormOptions) as never;
}

function machineOf(options: AnyFormOptions) {
  const { id = 'form', known } = options;
  const plan = planOf(options);
  return setupBot({
    types: { context: {} as FormContext, input: {} as FormInput<Fields, unknown>, output: {} as Outcome<unknown> },
  }).createMachine({
    id,
    context: ({ input }) => startingWith(input, known),
    initial: 'next',
    states: formStates(plan, options),
    output: ({ context }) => context.outcome as Outcome<unknown>,
  });
}
