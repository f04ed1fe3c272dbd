import type { ActorProfile, LocalisedText } from '@parley/core';
import type { Problem } from './parsers/parser.ts';

/** Words as they are, or in the language of whoever hears them (`@parley/texts`). */
export type Text = string | LocalisedText;

/** What words can be made of. */
export interface Wording<Data = unknown> {
  readonly actor: ActorProfile | undefined;
  /** What the dialog was given to word its prompts. */
  readonly data: Data;
  /** How often it is asked: 1 at first. */
  readonly attempt: number;
  /** Why the last answer was not taken; `undefined` at first. */
  readonly problem: Problem | undefined;
  /** The same in words, for people; empty at first. */
  readonly sorry: Text;
}

/** Words that are always the same, or are made when they are said. */
export type Phrase<Data = unknown> = Text | ((wording: Wording<Data>) => Text);

/**
 * What a dialog says. One phrase is said as it is, and after an answer that was not taken, behind what was wrong with it. Of a list
 * each is said in turn, and the last when there are no more; nothing is put in front of them.
 */
export type Words<Data = unknown> = Phrase<Data> | readonly Phrase<Data>[];

/** Texts as one, a blank between them, in any language. */
export function joined(...texts: readonly Text[]): Text {
  return joinedBy(' ', texts);
}

/** Texts as one, each on a line of its own, in any language. */
export function inLines(...texts: readonly Text[]): Text {
  return joinedBy('\n', texts);
}

function joinedBy(separator: string, texts: readonly Text[]): Text {
  const spoken = texts.filter((text) => text !== '');
  if (spoken.every((text) => typeof text === 'string')) return spoken.join(separator);
  const inAll = (locale: string) =>
    spoken.map((text) => (typeof text === 'string' ? text : (text.wordings[locale] ?? `${text}`))).join(separator);
  const locales = spoken.flatMap((text) => (typeof text === 'string' ? [] : Object.keys(text.wordings)));
  return {
    in: (listener) => spoken.map((text) => (typeof text === 'string' ? text : text.in(listener))).join(separator),
    toString: () => spoken.map((text) => `${text}`).join(separator),
    wordings: Object.fromEntries(locales.map((locale) => [locale, inAll(locale)])),
  };
}

/** What is said the first time (1), the second … */
export function phraseFor<Data>(words: Words<Data>, time: number): Phrase<Data> {
  if (!isList(words)) return words;
  return words[Math.min(time, words.length) - 1] ?? '';
}

export function isList<Data>(words: Words<Data>): words is readonly Phrase<Data>[] {
  return Array.isArray(words);
}

export function phrased<Data>(phrase: Phrase<Data>, wording: Wording<Data>): Text {
  return typeof phrase === 'function' ? phrase(wording) : phrase;
}

/** Words with each phrase changed: what was made when it was said still is. */
export function mapWords<Data>(words: Words<Data>, change: (text: Text) => Text): Words<Data> {
  if (isList(words)) return words.map((phrase) => changedPhrase(phrase, change));
  return changedPhrase(words, change);
}

export function changedPhrase<Data>(phrase: Phrase<Data>, change: (text: Text) => Text): Phrase<Data> {
  return typeof phrase === 'function' ? (wording) => change(phrase(wording)) : change(phrase);
}
