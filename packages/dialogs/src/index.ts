// For bot developers: dialogs, and states that run them.

export { type CaptureOptions, capture } from './capture.ts';
export { confirm } from './confirm.ts';
export type { Dialog, DialogInput } from './dialog.ts';
export { days, hours, minutes, seconds } from './durations.ts';
export { form } from './form/form.ts';
export type { About, Answers, FormInput, FormOptions, ReviewWording, SoFar, Unfinished } from './form/types.ts';
export { checklist, type MenuOptions, menu } from './menu.ts';
export type {
  Answered,
  Declined,
  GaveUp,
  NoAnswer,
  Outcome,
  OutOfAttempts,
  Undeliverable,
  WentBack,
} from './outcome.ts';
export type { Circumstances, Parsed, Parser, Problem } from './parsers/parser.ts';
export { notUnderstood, understood } from './parsers/parser.ts';
export { ask, choose } from './state/ask.ts';
