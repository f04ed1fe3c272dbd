import { distance } from 'fastest-levenshtein';
import { commonDomains, misspeltEndings } from './email-domains.ts';
import { notUnderstood, type Parsed, type Parser, understood, withExamples } from './parser.ts';
import { tidy } from './reading/tidy.ts';

export interface EmailOptions {
  /** Whether an address that is probably misspelt is a problem. Default: true. */
  readonly suggest?: boolean;
}

/**
 * An email address anywhere in a text; its domain in lower case. Practical rather than complete: addresses that work on the web are
 * taken, quoted names and comments are not (RFC 5322, as HTML reads it: https://html.spec.whatwg.org/#valid-e-mail-address).
 *
 * Problems: `not-an-email`; `no-domain` (`ann@`, `ann@home`); `several`; `misspelt` with `suggestion`, the whole address as it was probably
 * meant (`ann@gmial.com`): confirm it, and take the address as it is with `suggest: false` if the person insists.
 */
export function email({ suggest = true }: EmailOptions = {}): Parser<string> {
  return withExamples(['ann@example.com'], (text) => {
    const tidied = spokenOut(tidy(text));
    const found = [...new Set((tidied.match(ADDRESS) ?? []).map(normalised))];
    const [address, ...others] = found;
    if (others.length > 0) return notUnderstood('several');
    if (address === undefined) return unreadable(tidied);
    if (address.length > LONGEST || address.indexOf('@') > LONGEST_NAME) return notUnderstood('not-an-email');
    const suggestion = suggest ? suggestionFor(address) : undefined;
    return suggestion === undefined ? understood(address) : notUnderstood('misspelt', { suggestion });
  });
}

/** `ann@gmail,com` is an address with a slip; `ann@home` lacks an end. */
function unreadable(tidied: string): Parsed<never> {
  const mended = tidied.replace(/(?<=@[\p{L}\p{N}-]+)\s?[,;:]\s?(?=\p{L}{2,})/u, '.').match(ADDRESS)?.[0];
  if (mended !== undefined) return notUnderstood('misspelt', { suggestion: normalised(mended) });
  return notUnderstood(/\S\s?@/.test(tidied) ? 'no-domain' : 'not-an-email');
}

/** RFC 5321, 4.5.3.1. */
const LONGEST = 254;
const LONGEST_NAME = 64;

const LABEL = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?`;
const NAME = String.raw`[\p{L}\p{N}!#$%&'*+/=?^_{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_{|}~-]+)*`;
const ADDRESS = new RegExp(
  String.raw`(?<![\p{L}\p{N}@.])(?:mailto:)?${NAME}\s?@\s?(?:${LABEL}\.)+\p{L}[\p{L}\p{N}-]*\p{L}(?![\p{L}\p{N}@])`,
  'giu',
);

function normalised(address: string): string {
  const [name = '', domain = ''] = address
    .replace(/^mailto:/i, '')
    .replace(/\s/g, '')
    .split('@');
  return `${name.replace(/^'+/, '')}@${domain.toLowerCase()}`;
}

/** `ann at example dot com`, where there is no sign in it. */
function spokenOut(text: string): string {
  if (text.includes('@')) return text.replace(/\s*\(?\b(?:dot)\b\)?\s*/gi, '.');
  return text.replace(
    /([\p{L}\p{N}._+-]+)\s*[([]?\s*\bat\b\s*[)\]]?\s*([\p{L}\p{N}-]+(?:(?:\s*[([]?\s*\bdot\b\s*[)\]]?\s*|\.)[\p{L}\p{N}-]+)+)/iu,
    (_, name: string, domain: string) => `${name}@${domain.replace(/\s*[([]?\s*\bdot\b\s*[)\]]?\s*/gi, '.')}`,
  );
}

/** The address that was probably meant, if it is another. */
function suggestionFor(address: string): string | undefined {
  const [name = '', domain = ''] = address.split('@');
  if (commonDomains.includes(domain)) return undefined;
  const meant = nearestDomain(withEnding(domain));
  return meant === domain ? undefined : `${name}@${meant}`;
}

function withEnding(domain: string): string {
  const ending = domain.slice(domain.lastIndexOf('.') + 1);
  return `${domain.slice(0, domain.length - ending.length)}${misspeltEndings[ending] ?? ending}`;
}

/** Below this many letters a domain is too like others to be taken for one of them: `me.com`, `he.com`. */
const SHORTEST = 8;

function nearestDomain(domain: string): string {
  const near = commonDomains.filter((common) => common.length >= SHORTEST && isSlip(domain, common));
  return near[0] ?? domain;
}

function isSlip(domain: string, common: string): boolean {
  const mistakes = distance(domain, common);
  if (mistakes <= 1) return true;
  const isSwapped = domain.length === common.length && [...domain].sort().join('') === [...common].sort().join('');
  return mistakes === 2 && (isSwapped || common.length > 9);
}
