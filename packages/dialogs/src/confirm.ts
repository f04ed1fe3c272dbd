import { capture } from './capture.ts';
import type { Dialog, DialogInput } from './dialog.ts';
import { requireOptions } from './options.ts';
import { mapped } from './parsers/combinators.ts';
import { yesOrNo } from './parsers/yes-or-no.ts';
import type { QuestionOptions } from './question/options.ts';

/**
 * Asks for yes or no.
 *
 * ```ts
 * states: {
 *   sure: choose(confirm({ prompt: 'Shall I order it?' }), { chosen: { yes: 'ordered', no: 'cart' }, noAnswer: 'cart', gaveUp: 'cart' }),
 * ```
 */
export function confirm<Data = unknown>(options: QuestionOptions<Data>): Dialog<'yes' | 'no', DialogInput<Data>> {
  requireOptions('confirm', options);
  return capture({ id: 'confirm', ...options, parse: mapped(yesOrNo(), (yes) => (yes ? 'yes' : 'no')) });
}
