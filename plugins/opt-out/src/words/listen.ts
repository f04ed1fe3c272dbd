import { type Clause, clausesOf, normalise } from './normalise.ts';
import type { Meaning, Phrases, Vocabulary } from './vocabulary.ts';

/**
 * What a text says to this plugin. `yes` opts in those who are opted out and is an answer like any other for everybody else;
 * `unsure` may be an opt-out, and somebody has to look; `none` is for the bot.
 */
export interface Heard {
  readonly kind: 'opt-out' | 'opt-in' | 'yes' | 'help' | 'unsure' | 'none';
  /** In which language, where the words are of one only. */
  readonly language?: string;
}

const NONE: Heard = { kind: 'none' };

/** Keywords of no language in particular: what is answered is in the language of the organization. */
const EVERYWHERE = new Set(['stop', 'start', 'unstop', 'info', 'stop sms', 'sms stop']);

/** A person has reacted to a text of ours, and their phone, which can not show it to ours, quotes what we have said. */
const TAPBACK =
  /^\s*(?:liked|loved|disliked|laughed at|emphasi[sz]ed|questioned|reacted\s\S{1,12}\sto|removed an? \S+ from|le gustó|me gusta|le encantó|a aimé|a adoré|mag|gefällt|curtiu|gostou de)\s*[“”"„«‘']/iu;

/** Signs that say it without a word. */
const SIGNS = /[🛑⛔🚫🖕✋]/u;

/** So many words are looked at for mistypings. */
const MOST_WORDS = 60;

/**
 * What a text says: the whole text first, then sentence by sentence. Pure; takes some tens of microseconds for a text of usual length.
 *
 * ```ts
 * listen('Stop. Thank you', createVocabulary()); // { kind: 'opt-out' }
 * ```
 */
export function listen(text: string, vocabulary: Vocabulary): Heard {
  const whole = withoutRepetition(normalise(text).split(' ')).join(' ');
  if (whole === '') return SIGNS.test(text) ? { kind: 'unsure' } : NONE;
  const keyword = vocabulary.keywords.get(whole);
  if (keyword !== undefined) return heardOf(whole, keyword);
  if (TAPBACK.test(text)) return NONE;
  const clauses = clausesOf(text).map((clause) => withoutHarmless(clause, vocabulary));
  const words = clauses.flatMap((clause) => clause.words);
  return (
    weightiest([
      asCourteous(words, vocabulary),
      ...clauses.map((clause) => inPhrase(clause, vocabulary)),
      ...clauses.map((clause) => asSentence(clause, vocabulary)),
    ]) ?? (isSuspicious(clauses, words, vocabulary) ? { kind: 'unsure' } : NONE)
  );
}

/** The first that opts out, else the first that says anything. */
function weightiest(heard: readonly (Heard | undefined)[]): Heard | undefined {
  return heard.find((one) => one?.kind === 'opt-out') ?? heard.find((one) => one !== undefined);
}

function heardOf(word: string, meaning: Meaning): Heard {
  const language = EVERYWHERE.has(word) ? {} : { language: meaning.language };
  if (meaning.kind === 'opt-out' && meaning.reach === 'perhaps') return { kind: 'unsure', ...language };
  return { kind: meaning.kind, ...language };
}

/** `stop stop stop` */
function withoutRepetition(words: readonly string[]): readonly string[] {
  return words.filter((word, index) => word !== words[index - 1]);
}

function withoutHarmless(clause: Clause, { phrases }: Vocabulary): Clause {
  let { text } = clause;
  for (const { harmless } of phrases) if (harmless !== undefined) text = text.replace(harmless, ' ~');
  return text === clause.text
    ? clause
    : { ...clause, text, words: text.split(' ').filter((word) => word !== '' && word !== '~') };
}

/** What is left when courtesies are taken away, and whether it was about texts. */
function gistOf(words: readonly string[], { courtesy, texts }: Vocabulary) {
  const gist = withoutRepetition(words.filter((word) => !courtesy.has(word) && !texts.has(word))).join(' ');
  return { gist, isAboutTexts: words.some((word) => texts.has(word)) };
}

/** A keyword with nothing but courtesies around it. */
function asCourteous(words: readonly string[], vocabulary: Vocabulary): Heard | undefined {
  const { gist, isAboutTexts } = gistOf(words, vocabulary);
  const keyword = vocabulary.keywords.get(gist);
  if (keyword?.kind !== 'opt-out') return undefined;
  const reaches = keyword.reach === 'firm' || keyword.reach === 'polite' || isAboutTexts;
  return reaches ? heardOf(gist, { ...keyword, reach: 'polite' }) : { kind: 'unsure', language: keyword.language };
}

function inPhrase({ text }: Clause, { phrases }: Vocabulary): Heard | undefined {
  for (const one of phrases) {
    const found = one.optOut?.exec(text);
    if (found === null || found === undefined) continue;
    return { kind: isNegated(text.slice(0, found.index), one) ? 'unsure' : 'opt-out', language: one.language };
  }
  return undefined;
}

function isNegated(before: string, { negated }: Phrases): boolean {
  return negated?.test(before) ?? false;
}

/** A keyword that is a sentence of its own, or ends the text, among others: `Wrong number, stop`. */
function asSentence(clause: Clause, vocabulary: Vocabulary): Heard | undefined {
  const { gist } = gistOf(clause.words, vocabulary);
  const keyword = vocabulary.keywords.get(gist);
  if (keyword?.kind !== 'opt-out') return undefined;
  const { reach, language } = keyword;
  const stands = clause.isSentence || clause.isLast || clause.isShouted;
  if (reach === 'firm') return stands ? heardOf(gist, keyword) : { kind: 'unsure', language };
  return reach === 'polite' && clause.isSentence ? { kind: 'unsure', language } : undefined;
}

function isSuspicious(clauses: readonly Clause[], words: readonly string[], vocabulary: Vocabulary): boolean {
  const { firm, firmUnspaced, phrases, misspellings } = vocabulary;
  for (const { text } of clauses) {
    if (firm.test(text) || firmUnspaced.some((word) => text.includes(word))) return true;
    if (phrases.some(({ unsure }) => unsure?.test(text))) return true;
  }
  const { gist } = gistOf(words, vocabulary);
  return [gist, words.join(' ')].some(misspellings.has) || words.slice(0, MOST_WORDS).some(misspellings.hasLong);
}
