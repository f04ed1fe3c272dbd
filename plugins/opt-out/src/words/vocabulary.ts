import { elsewhere } from './elsewhere.ts';
import { english } from './english.ts';
import { dutch, german, swedish } from './germanic.ts';
import type { Language, PlainWord, Reach } from './keyword.ts';
import { type Misspellings, misspellingsOf } from './misspellings.ts';
import { isUnspaced, normalise } from './normalise.ts';
import { french, italian, portuguese, spanish } from './romance.ts';

/** Words of an operator's own, by kind. Matched like ours: case, accents, width and marks do not matter. */
export interface OwnWords {
  /** Opt out as the whole text, with words of courtesy or without. */
  readonly optOut?: readonly string[] | undefined;
  /** Opt in those who are opted out, as the whole text. */
  readonly optIn?: readonly string[] | undefined;
  /** Ask for help, as the whole text. */
  readonly help?: readonly string[] | undefined;
  /** Opt out wherever they occur. */
  readonly phrases?: readonly string[] | undefined;
  /** Have somebody look, wherever they occur. */
  readonly unsure?: readonly string[] | undefined;
  /** Mean nothing, though they contain an opt-out word. */
  readonly harmless?: readonly string[] | undefined;
}

/** What a whole text that is a keyword says. */
export type Meaning =
  | { readonly kind: 'opt-out'; readonly reach: Reach; readonly language: string }
  | { readonly kind: 'opt-in' | 'yes' | 'help'; readonly language: string };

export interface Phrases {
  readonly language: string;
  readonly optOut: RegExp | undefined;
  readonly unsure: RegExp | undefined;
  /** Global. */
  readonly harmless: RegExp | undefined;
  /** At the end of what stands before a phrase. */
  readonly negated: RegExp | undefined;
}

/** Everything that is listened for, ready to use. */
export interface Vocabulary {
  readonly keywords: ReadonlyMap<string, Meaning>;
  readonly courtesy: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
  /** Find firm words inside of a text. */
  readonly firm: RegExp;
  readonly firmUnspaced: readonly string[];
  readonly phrases: readonly Phrases[];
  readonly misspellings: Misspellings;
}

/** In the order in which a word that is in several of them gets its language. */
const LANGUAGES: readonly Language[] = [
  ...[english, spanish, french, portuguese, german, italian, dutch, swedish],
  ...elsewhere,
];

/** Words that are too short or too common to look for mistypings of `firm` words only. */
const ALSO_MISTYPED = ['cancel', 'quit'];

/** Normalised text has nothing but single spaces between words. */
const START = '(?:^| )';
const END = '(?= |$)';

/** Puts together what is listened for. */
export function createVocabulary(own: Readonly<Record<string, OwnWords>> = {}): Vocabulary {
  const languages = [...LANGUAGES, ...Object.entries(own).map(([code, words]) => languageOf(code, words))];
  const keywords = keywordsOf(languages);
  const firm = [...keywords].flatMap(([word, meaning]) => (isFirm(meaning) ? [word] : []));
  const spaced = firm.filter((word) => !isUnspaced(word));
  return {
    keywords,
    courtesy: wordsOf(languages, ({ courtesy = [] }) => courtesy),
    texts: wordsOf(languages, ({ texts = [] }) => texts),
    firm: expression(spaced.map(literally)) ?? /(?!)/,
    firmUnspaced: firm.filter(isUnspaced),
    phrases: languages.flatMap(phrasesOf),
    misspellings: misspellingsOf([...spaced, ...ALSO_MISTYPED], (word) => keywords.has(word)),
  };
}

function isFirm(meaning: Meaning): boolean {
  return meaning.kind === 'opt-out' && meaning.reach === 'firm';
}

function keywordsOf(languages: readonly Language[]): Map<string, Meaning> {
  const keywords = new Map<string, Meaning>();
  const add = (word: string, meaning: Meaning): void => {
    const key = normalise(word);
    if (key !== '' && !keywords.has(key)) keywords.set(key, meaning);
  };
  const addPlain = (kind: 'opt-in' | 'yes' | 'help', language: string, words: readonly PlainWord[] = []): void => {
    for (const { word } of words) add(word, { kind, language });
  };
  // What opts out goes before anything else that a word may mean in another language.
  for (const { code, optOut } of languages) {
    for (const { word, reach } of optOut) add(word, { kind: 'opt-out', reach, language: code });
  }
  for (const { code, optIn, yes, help } of languages) {
    addPlain('opt-in', code, optIn);
    addPlain('yes', code, yes);
    addPlain('help', code, help);
  }
  return keywords;
}

function wordsOf(languages: readonly Language[], pick: (language: Language) => readonly string[]): Set<string> {
  return new Set(languages.flatMap(pick).flatMap((word) => normalise(word).split(' ')));
}

function phrasesOf({ code, phrases }: Language): Phrases[] {
  if (phrases === undefined) return [];
  const { optOut = [], unsure = [], harmless = [], negations = [] } = phrases;
  const before =
    negations.length === 0 ? undefined : `${START}(?:${negations.join('|')})(?: (?:to|just|ever|you|me))? ?$`;
  return [
    {
      language: code,
      optOut: expression(optOut),
      unsure: expression(unsure),
      harmless: expression(harmless, 'g'),
      negated: before === undefined ? undefined : new RegExp(before),
    },
  ];
}

function expression(sources: readonly string[], flags = ''): RegExp | undefined {
  return sources.length === 0 ? undefined : new RegExp(`${START}(?:${sources.join('|')})${END}`, flags);
}

function languageOf(code: string, own: OwnWords): Language {
  const { optOut = [], optIn = [], help = [], phrases = [], unsure = [], harmless = [] } = own;
  const literal = (words: readonly string[]): string[] => words.map((word) => literally(normalise(word)));
  const plain = (word: string): PlainWord => ({ word, by: [] });
  return {
    code,
    optOut: optOut.map((word) => ({ word, reach: 'polite', by: [] })),
    optIn: optIn.map(plain),
    help: help.map(plain),
    phrases: { optOut: literal(phrases), unsure: literal(unsure), harmless: literal(harmless) },
  };
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
