import { type Denomination, denominations } from './currencies.ts';
import { malformed } from './malformed.ts';
import { numberIn } from './number.ts';
import { notUnderstood, type Parsed, type Parser, understood, withExamples } from './parser.ts';
import { type Part, partsOf } from './reading/numbers.ts';
import { fold, tidy } from './reading/tidy.ts';

/** An amount as computers keep it. */
export interface Money {
  /** In the currency's smallest unit: 1250 is 12.50 dollars, or 1250 yen. Whole. */
  readonly amount: number;
  /** ISO 4217: `USD`. */
  readonly currency: string;
}

export interface MoneyOptions {
  /** ISO 4217. What is meant where a text names no currency, and all that is taken. */
  readonly currency: string;
  /** The lowest amount, in the smallest unit. Default: 0. */
  readonly min?: number;
  /** The highest amount, in the smallest unit. */
  readonly max?: number;
}

/**
 * An amount of money: `$12.50`, `12,50 €`, `12 bucks`, `twelve dollars and fifty cents`, `80 cents`, `1.2k`.
 *
 * ```ts
 * const tip = money({ currency: 'USD', max: 100_00 }); // up to 100 dollars
 * ```
 *
 * Problems: `not-an-amount`; `other-currency` with `currency` and `expected`; `too-precise` with `digits`, how many decimals there may be;
 * `too-low` with `min`; `too-high` with `max`; and of `number`: `vague`, `range`, `not-exact`, `several`, in units of the currency.
 *
 * @throws `error.platform.config.malformed` if the currency is not known, or `min` is greater than `max`.
 */
export function money({ currency, min = 0, max = Number.MAX_SAFE_INTEGER }: MoneyOptions): Parser<Money> {
  const codes = new Set(Intl.supportedValuesOf('currency'));
  if (!codes.has(currency)) throw malformed('money', `${currency} is no currency of ISO 4217`);
  if (!(min <= max)) throw malformed('money', 'min is greater than max');
  const digits = decimalsOf(currency);
  return withExamples([inUnits(Math.min(Math.max(min, 10 ** digits), max), digits)], (text, circumstances) => {
    const tidied = tidy(text);
    const parts = partsOf(spelledOut(tidied), circumstances).map((part) => namedPart(part, currency, codes));
    const foreign = parts.find((part) => part.kind === 'unit' && part.currency !== currency);
    if (foreign?.kind === 'unit')
      return notUnderstood('other-currency', { currency: foreign.currency, expected: currency });
    const read = numberIn(summed(parts, digits), tidied, circumstances);
    if (!read.understood) return read.problem.code === 'not-a-number' ? notUnderstood('not-an-amount') : read;
    return limited(read.value, { currency, min, max }, digits);
  });
}

function inUnits(amount: number, digits: number): string {
  return (amount / 10 ** digits).toFixed(digits);
}

function limited(value: number, { currency, min, max }: Required<MoneyOptions>, digits: number): Parsed<Money> {
  const amount = Math.round(value * 10 ** digits);
  if (amount < min) return notUnderstood('too-low', { min });
  if (amount > max) return notUnderstood('too-high', { max });
  if (Math.abs(value * 10 ** digits - amount) > 1e-6) return notUnderstood('too-precise', { digits });
  return understood({ amount, currency });
}

function decimalsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** A part of a text, as money sees it. */
type MoneyPart =
  | Part
  /** `dollars` */
  | { readonly kind: 'unit'; readonly currency: string }
  /** `cents` */
  | { readonly kind: 'hundredth' };

/** A word that stands for a denomination: signs and names of several words are one word by then. */
const MARK = /^xxcurrency(x+)$/;

const NAMES: readonly (readonly [string, number])[] = denominations
  .flatMap(({ names }, index) => names.map((name) => [name, index] as const))
  .sort(([one], [other]) => other.length - one.length);

const ALL_NAMES = new RegExp(
  NAMES.map(([name]) => {
    const escaped = name.replace(/[$.]/g, String.raw`\$&`);
    const ahead = /^\p{L}/u.test(name) ? String.raw`(?<!\p{L})` : '';
    const behind = /\p{L}$/u.test(name) ? String.raw`(?!\p{L})` : '';
    return `${ahead}${escaped}${behind}`;
  }).join('|'),
  'gu',
);

/** A text with a word in place of each denomination, a minus ahead of its number, and the sign for cents as a word. */
function spelledOut(tidied: string): string {
  const marked = fold(tidied).replace(ALL_NAMES, (name) => {
    const index = NAMES.find(([candidate]) => candidate === name)?.[1] ?? 0;
    return ` xxcurrency${'x'.repeat(index + 1)} `;
  });
  return marked.replaceAll('¢', ' cents ').replace(/(^|\s)-\s*(xxcurrencyx+)\s*(\d[\d.,]*)/g, '$1-$3 $2');
}

function namedPart(part: Part, expected: string, codes: ReadonlySet<string>): MoneyPart {
  if (part.kind !== 'word') return part;
  const mark = MARK.exec(part.text)?.[1];
  const denomination = mark === undefined ? undefined : denominations[mark.length - 1];
  if (denomination !== undefined) return { kind: 'unit', currency: currencyOf(denomination, expected) };
  if (partsNamedFor(expected).includes(part.text)) return { kind: 'hundredth' };
  const code = part.text.toUpperCase();
  return codes.has(code) && !WORDS_THAT_ARE_CODES.includes(code) ? { kind: 'unit', currency: code } : part;
}

function currencyOf({ currencies }: Denomination, expected: string): string {
  return currencies.includes(expected) ? expected : (currencies[0] ?? expected);
}

function partsNamedFor(currency: string): readonly string[] {
  return denominations.filter(({ currencies }) => currencies.includes(currency)).flatMap(({ parts }) => parts);
}

/** Codes that are everyday words (`all`, `try`, `top`) are none when texted. */
const WORDS_THAT_ARE_CODES: readonly string[] = [
  'ALL',
  'TRY',
  'TOP',
  'CUP',
  'GEL',
  'MAD',
  'SOS',
  'LAK',
  'BAM',
  'COP',
  'DOP',
  'PEN',
  'MOP',
];

/** Numbers of units and of hundredths made one: `12 dollars and 50 cents`, `12 € 50`, `80 cents`. Names of money are left out. */
function summed(parts: readonly MoneyPart[], digits: number): readonly Part[] {
  const result: Part[] = [];
  for (let index = 0; index < parts.length; index++) {
    const [part, next] = [parts[index], parts[index + 1]];
    if (part === undefined || part.kind === 'unit' || part.kind === 'hundredth') continue;
    const isHundredths = part.kind === 'number' && (next?.kind === 'hundredth' || isShort(parts, index, digits));
    if (!isHundredths) {
      result.push(part);
      continue;
    }
    const small = part.value / 10 ** digits;
    const whole = result.at(-1)?.kind === 'word' ? result.at(-2) : result.at(-1);
    const isAdded =
      whole?.kind === 'number' &&
      Number.isInteger(whole.value) &&
      small < 1 &&
      parts.some(({ kind }) => kind === 'unit');
    if (isAdded) result.splice(result.indexOf(whole), 2, { kind: 'number', value: whole.value + small });
    else result.push({ kind: 'number', value: small });
  }
  return result;
}

/** `12 € 50`: right behind a unit that is behind a whole number, with as many digits as there are decimals. */
function isShort(parts: readonly MoneyPart[], index: number, digits: number): boolean {
  const [whole, unit, part] = parts.slice(Math.max(0, index - 2), index + 1);
  if (whole?.kind !== 'number' || unit?.kind !== 'unit' || part?.kind !== 'number') return false;
  return Number.isInteger(whole.value) && Number.isInteger(part.value) && part.value >= 10 && part.value < 10 ** digits;
}
