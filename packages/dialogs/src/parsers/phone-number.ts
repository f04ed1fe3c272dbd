import {
  getExampleNumber,
  isSupportedCountry,
  ParseError,
  type PhoneNumber,
  parsePhoneNumberWithError,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { type Circumstances, notUnderstood, type Parsed, type Parser, understood, withExamples } from './parser.ts';
import { tidy } from './reading/tidy.ts';

export interface PhoneNumberOptions {
  /** Where numbers may be from, as in ISO 3166: `['US', 'CA']`. Default: anywhere. */
  readonly countries?: readonly string[];
}

/**
 * A phone number anywhere in a text, as E.164: `+14155550123`. One without a country code is of the person's country. Extensions are
 * left out. Whether numbers exist is known by Google's data: https://github.com/google/libphonenumber.
 *
 * Problems: `not-a-phone-number`; `too-short`; `too-long`; `not-possible` (of a length that the country does not have);
 * `not-in-use` (of digits that it does not give out); `no-country` (`+999…`, or the person's country is not known);
 * `other-country` with `country` and `countries`; `several`.
 */
export function phoneNumber({ countries }: PhoneNumberOptions = {}): Parser<string> {
  return withExamples([exampleOf(countries)], (text, circumstances) => {
    const candidates = candidatesIn(tidy(text));
    const [first] = candidates;
    if (first === undefined) return notUnderstood('not-a-phone-number');
    const read = candidates.map((candidate) => readNumber(candidate, circumstances));
    const numbers = [
      ...new Map(read.flatMap((each) => (each.understood ? [[each.value.number, each.value]] : []))).values(),
    ];
    const [number, ...others] = numbers;
    if (number === undefined) return read.find((each) => !each.understood) ?? notUnderstood('not-a-phone-number');
    if (others.length > 0) return notUnderstood('several');
    // Which of the countries that share a code it is of, data cannot always tell.
    const possible = number.getPossibleCountries();
    if (countries !== undefined && !possible.some((country) => countries.includes(country))) {
      return notUnderstood('other-country', { country: number.country, countries });
    }
    return understood(number.number);
  });
}

/** A number that a country keeps for examples. */
function exampleOf([country]: readonly string[] = []): string {
  const example =
    country !== undefined && isSupportedCountry(country) ? getExampleNumber(country, examples) : undefined;
  return example?.number ?? '+14155550123';
}

/** Digits with what people put between them. Three of them make it a try at a phone number; a lone `12` is something else. */
const CANDIDATE = /(?:\+|\b00)?[ (]{0,2}\d(?:[\d ().\-/]*\d)?(?:\s*(?:x|ext\.?|extension|#)\s*\d{1,6})?/gi;
const FEWEST_DIGITS = 3;

function candidatesIn(text: string): readonly string[] {
  const found = text.match(CANDIDATE) ?? [];
  return found.filter((candidate) => candidate.replace(/\D/g, '').length >= FEWEST_DIGITS);
}

function readNumber(candidate: string, { country }: Circumstances): Parsed<PhoneNumber> {
  try {
    // The prefix for calls abroad differs from country to country; 00 is what travellers write.
    const written = candidate.trim().replace(/^00/, '+');
    const number = parsePhoneNumberWithError(written, isSupportedCountry(country) ? { defaultCountry: country } : {});
    if (number.isValid()) return understood(number);
    return notUnderstood(number.isPossible() ? 'not-in-use' : lengthProblem(number));
  } catch (error) {
    if (error instanceof ParseError) return notUnderstood(PROBLEMS[error.message] ?? 'not-a-phone-number');
    throw error;
  }
}

/** What libphonenumber-js says when it cannot read a number at all. */
const PROBLEMS: Readonly<Record<string, string>> = {
  NOT_A_NUMBER: 'not-a-phone-number',
  INVALID_COUNTRY: 'no-country',
  TOO_SHORT: 'too-short',
  TOO_LONG: 'too-long',
};

function lengthProblem(number: PhoneNumber): string {
  const length = validatePhoneNumberLength(number.number);
  return length === 'TOO_SHORT' || length === 'TOO_LONG' ? (PROBLEMS[length] ?? length) : 'not-possible';
}
