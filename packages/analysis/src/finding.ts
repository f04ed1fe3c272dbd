import type { LintWarning } from '@parley/core';

/** Each thing that can be wrong with a bot, and what it means. A state silences one in its `meta`: `parleyIgnore: ['no-timeout']`. */
export const rules = {
  'dead-end':
    'Nothing that happens leads out of the state, and it is not final; or the bot has an end that nobody gets to from there.',
  unreachable: 'No transition leads to the state.',
  unreached: 'Nothing that was tried leads to the state.',
  'unanswered-text': 'Somebody texts what the bot does not expect, and hears nothing.',
  'unanswered-while-busy': 'The same, where the bot waits for a task or for a timer of a minute at most.',
  'no-timeout': 'Somebody says nothing, and nothing ever happens: there is no timer.',
  'timer-too-late': 'A timer would ring when the journey has expired.',
  throws: 'The machine throws, so the event is parked.',
  'task-without-error': 'A task may fail, and its state has no onError: the machine throws.',
  'not-serialisable': 'Something in context, input or events would be lost or changed on its way through storage.',
  'empty-text': 'A text without words or pictures is said, which fails.',
  'too-long': 'A text of more than 1,600 characters is said, which fails.',
  segments: 'A text takes more than one segment, each of which is billed.',
  placeholder: 'A text says undefined, NaN or [object Object].',
  'opt-out-word': 'An answer or a trigger is a word that opts people out at the provider.',
  'unknown-bot': 'A bot is started that the app does not have.',
} as const;

export type Rule = keyof typeof rules;

/** Something that is wrong with a bot, as plugins warn of it. */
export interface Finding extends LintWarning {
  readonly rule: Rule;
  readonly bot: { readonly id: string; readonly version: string };
  /** The shortest way to it, from the start on, in words; absent where nothing was run. */
  readonly path?: readonly string[];
}
