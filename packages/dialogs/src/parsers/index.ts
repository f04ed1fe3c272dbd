// Answers read out of texts, and what makes others of them.
export { type AnythingOptions, anything } from './anything.ts';
export { choice } from './choice.ts';
export { type Option, type OptionId, type Options, type OptionWords, optionsOf } from './choice-options.ts';
export { type ChoicesOptions, choices } from './choices.ts';
export { checked, firstOf, mapped, type ValueOf } from './combinators.ts';
export { type CalendarDate, type DateOptions, date } from './date.ts';
export { type DateAndTimeOptions, dateAndTime, type Moment } from './date-and-time.ts';
export type { Assumed } from './dates/moment.ts';
export { type EmailOptions, email } from './email.ts';
export { type Match, matching } from './matching.ts';
export { type Money, type MoneyOptions, money } from './money.ts';
export { type NumberOptions, number } from './number.ts';
export {
  type Circumstances,
  notUnderstood,
  type Parsed,
  type Parser,
  type Problem,
  understood,
  withExamples,
} from './parser.ts';
export { type PersonNameOptions, personName } from './person-name.ts';
export { type PhoneNumberOptions, phoneNumber } from './phone-number.ts';
export { type PostalCodeOptions, postalCode } from './postal-code.ts';
export { type TimeOfDay, type TimeOptions, time } from './time.ts';
export { yesOrNo } from './yes-or-no.ts';
