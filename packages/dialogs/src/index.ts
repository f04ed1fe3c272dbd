// For bot developers: dialogs, and states that run them.

export { type CaptureOptions, capture } from './capture.ts';
export { confirm } from './confirm.ts';
export type { Dialog, DialogInput } from './dialog.ts';
export { days, hours, minutes, seconds } from './durations.ts';
export { form } from './form/form.ts';
export type { About, Answers, FormInput, FormOptions, ReviewWording, SoFar, Unfinished } from './form/types.ts';
export { collectMedia } from './media/collect-media.ts';
export type { MediaOptions } from './media/options.ts';
export { checklist, type MenuOptions, menu } from './menu.ts';
export type { CodeToSend, OtpOptions } from './otp/options.ts';
export { otp } from './otp/otp.ts';
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
export type { Commands } from './question/commands.ts';
export type { QuestionOptions } from './question/options.ts';
export type { Reminder, SilenceOptions } from './question/silence.ts';
export type { ProblemWords } from './sorry.ts';
export { ask, choose } from './state/ask.ts';
export type { DialogState, Exit } from './state/types.ts';
export type { Phrase, Text, Wording, Words } from './words.ts';

// For bot developers: what reads answers.

export {
  type AnythingOptions,
  anything,
  type CalendarDate,
  type ChoicesOptions,
  checked,
  choice,
  choices,
  type DateAndTimeOptions,
  type DateOptions,
  date,
  dateAndTime,
  type EmailOptions,
  email,
  firstOf,
  type Match,
  type Moment,
  type Money,
  type MoneyOptions,
  mapped,
  matching,
  money,
  type NumberOptions,
  number,
  type Option,
  type OptionId,
  type Options,
  type OptionWords,
  type PersonNameOptions,
  type PhoneNumberOptions,
  type PostalCodeOptions,
  personName,
  phoneNumber,
  postalCode,
  type TimeOfDay,
  type TimeOptions,
  time,
  yesOrNo,
} from './parsers/index.ts';

// For authors of parsers.

export {
  type Circumstances,
  notUnderstood,
  type Parsed,
  type Parser,
  type Problem,
  understood,
  withExamples,
} from './parsers/index.ts';
