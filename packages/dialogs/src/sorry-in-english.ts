import { anyOf, spaced } from './listing.ts';
import type { Problem } from './parsers/parser.ts';
import type { Phrase, Wording } from './words.ts';

type Said = readonly Phrase[];

/** What the words of a problem are made of. */
function made(words: (details: NonNullable<Problem['details']>) => string): Phrase {
  return ({ problem }: Wording) => words(problem?.details ?? {});
}

const listed = (ids: unknown): string => (Array.isArray(ids) ? anyOf(ids.map((id) => spaced(String(id)))) : '');
const named = (labels: unknown): string => (Array.isArray(labels) ? labels.join(', ') : '');
const megabytes = (bytes: unknown): string => `${Math.max(0.1, Math.round(Number(bytes) / 100_000) / 10)} MB`;

/** What is said when there are no words for a problem. */
export const notUnderstoodInEnglish: Said = [
  'Sorry, I did not get that.',
  'I still did not get that.',
  'Once more, please.',
];

const several: Said = ['Just one, please.', 'Only one of them, please.'];
const vague: Said = ['Could you be more precise?', 'A little more precisely, please.'];

/**
 * Words by the codes of problems, of parsers and of dialogs. The second time is in other words, so that no text comes twice: limits on duplicates
 * would refuse it.
 */
export const sorryInEnglish: Readonly<Record<string, Said>> = {
  // Dialogs.
  'said-before': ['Once more:', 'And again:', 'One more time:'],
  'asked-before': ['All right.', 'Once more, then.', 'Again, then.'],
  resumed: ['Here I am again.', 'And here I am again.'],
  'no-media': ['I need a picture or a file for that.', 'There was no picture with that.'],
  'too-few-media': [
    made(({ count, min }) => `That is ${count} so far, and I need at least ${min}.`),
    made(({ count, min }) => `There are ${count} of at least ${min}.`),
  ],
  'wrong-type': ['I can not take files of that kind.', 'That is a kind of file that I can not take, either.'],
  'too-large': [
    made(({ maxSize }) => `That file is larger than ${megabytes(maxSize)}.`),
    made(({ maxSize }) => `I can take ${megabytes(maxSize)} at most.`),
  ],
  'wrong-code': [
    made(({ left }) => `That is not the code. Please try again (${left} left), or text NEW for another code.`),
  ],
  'expired-code': [
    'That code has expired. Text NEW for another one.',
    'The code is too old. Text NEW for another one.',
  ],
  'no-more-codes': [
    'I can not send another code. Please enter the last one.',
    'There are no more codes. Please enter the last one.',
  ],
  'code-coming': ['One moment, the code is on its way.', 'The code takes a moment.'],
  'code-awaited': ['Please text me the code, or NEW for another one.', 'I still need the code. NEW sends another one.'],
  'another-code': ['There is a new code.', 'There is another new code.'],
  'not-yes-or-change': [
    made(({ fields }) => `Reply YES, or one of: ${named(fields)}.`),
    made(({ fields }) => `I only understand YES, or one of: ${named(fields)}.`),
  ],

  // Choices, yes or no.
  'not-a-choice': notUnderstoodInEnglish,
  ambiguous: [
    made(({ between }) => (between === undefined ? 'Is that a yes or a no?' : `Which one, ${listed(between)}?`)),
    made(({ between }) => (between === undefined ? 'YES or NO, please.' : `Please say which: ${listed(between)}.`)),
  ],
  excluded: ['And which one, then?', 'Which one shall it be, then?'],
  'no-such-number': [
    made(({ highest }) => `The numbers go up to ${highest}.`),
    made(({ highest }) => `Please choose a number from 1 to ${highest}.`),
  ],
  'too-few': [made(({ min }) => `Please choose at least ${min}.`), made(({ min }) => `At least ${min}, please.`)],
  'too-many': [made(({ max }) => `Please choose ${max} at most.`), made(({ max }) => `Not more than ${max}, please.`)],
  'not-yes-or-no': ['Please answer YES or NO.', 'A YES or a NO is all that I understand here.'],
  unsure: ['Take your time. YES or NO?', 'I do need a YES or a NO.'],
  question: ['I can not answer questions here, sorry.', 'I am sorry, I only understand answers.'],

  // Numbers and amounts.
  'not-a-number': ['I need a number, such as 2.', 'A number in digits, please.'],
  'not-whole': ['I need a whole number.', 'A number without fractions, please.'],
  'not-exact': ['I need the exact number.', 'Exactly how much, please?'],
  'too-low': [made(({ min }) => `It has to be ${min} at least.`), made(({ min }) => `${min} is the least.`)],
  'too-high': [made(({ max }) => `It can be ${max} at most.`), made(({ max }) => `${max} is the most.`)],
  range: ['Just one of them, please, and no range.', 'I need one, not from this to that.'],
  several,
  vague,
  'not-an-amount': ['I need an amount, such as 12.50.', 'How much is it in digits, please?'],
  'other-currency': [
    made(({ expected }) => `Please tell me the amount in ${expected}.`),
    made(({ expected }) => `I can only take ${expected}.`),
  ],
  'too-precise': [
    made(({ digits }) => (digits === 0 ? 'Without cents, please.' : `With ${digits} decimals at most, please.`)),
    'Please round it.',
  ],

  // Dates and times.
  'not-a-date': ['I need a date, such as May 4 or next Friday.', 'Which day is that? For example: May 4.'],
  'not-a-time': ['I need a time, such as 3 pm.', 'What time is that? For example: 3 pm.'],
  'no-date': ['And on which day?', 'I need the day, too.'],
  'no-time': ['And at what time?', 'I need the time, too.'],
  'no-such-date': ['There is no such date.', 'I can not find that date in the calendar.'],
  'in-the-past': ['That is in the past.', 'That is over already.'],
  'too-far': [
    made(({ withinDays }) => `That is too far away: I only know the next ${withinDays} days.`),
    made(({ withinDays }) => `A day within the next ${withinDays}, please.`),
  ],
  'too-early': [
    made(({ min }) => `That is too early. It can be ${min} at the earliest.`),
    made(({ min }) => `Not before ${min}, please.`),
  ],
  'too-late': [
    made(({ max }) => `That is too late. It can be ${max} at the latest.`),
    made(({ max }) => `Not after ${max}, please.`),
  ],

  // People and where they are to be reached.
  'not-a-name': ['I need a name.', 'Just the name, please.'],
  'has-digits': ['Just the name, please, in letters.', 'A name without digits, please.'],
  sentence: ['Just the name, please.', 'Nothing but the name, please.'],
  'too-few-words': ['First and last name, please.', 'I need the whole name.'],
  'not-an-email': ['That is not an e-mail address.', 'I need an address such as ann@example.com.'],
  'no-domain': ['Something is missing behind the @.', 'I need the whole address, such as ann@example.com.'],
  misspelt: [
    made(({ suggestion }) => `Did you mean ${suggestion}? Reply YES, or text it again.`),
    made(({ suggestion }) => `Is it ${suggestion}? Reply YES, or text the right one.`),
  ],
  'not-a-phone-number': ['That is not a phone number.', 'I need a phone number, such as 415-555-0123.'],
  'not-possible': ['That is no number that can be called.', 'Please look at the number again.'],
  'not-in-use': ['That number is not in use.', 'Please look at the number again.'],
  'no-country': ['Please text it with the country code, such as +1.', 'It has to begin with + and the country code.'],
  'other-country': ['I can not take numbers of that country.', 'I need a number of another country.'],
  'not-a-postal-code': [
    made(({ example }) =>
      example === undefined ? 'That is not a postal code.' : `I need a postal code, such as ${example}.`,
    ),
    'Just the postal code, please.',
  ],

  // Any text.
  empty: ['There was no text in that.', 'I need it as a text.'],
  'too-short': ['That is too short.', 'I need a little more than that.'],
  'too-long': ['That is too long.', 'A little shorter, please.'],
};
