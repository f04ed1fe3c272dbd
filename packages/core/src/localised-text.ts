import type { ActorProfile } from './actor.ts';
import type { Say } from './bot-events.ts';

/** What the words of a text depend on: the language of whoever hears it, and their time zone. */
export type Listener = Pick<ActorProfile, 'locale' | 'timeZone'>;

/**
 * A text that is put into words for whoever hears it, such as those of `@parley/texts`. `say` takes one in place of a string; the
 * words are chosen as the text is said, by what is known of the person at that moment.
 */
export interface LocalisedText {
  /** In the language of this person. */
  in(listener: Listener): string;
  /** In the default language: what is said where nobody knows the person, such as in an XState actor of your own. */
  toString(): string;
  /** In every locale that it was written in. Where a value goes, there is its name in braces. */
  readonly wordings: Wordings;
}

/** A text by locale. */
export type Wordings = Readonly<Record<string, string>>;

/**
 * Where a request has the text that it was made of. A symbol, since a request is data that goes anywhere a document goes; its
 * `text` is what remains there.
 */
const LOCALISED = Symbol.for('parley.localised');

interface Localised {
  readonly [LOCALISED]?: LocalisedText;
}

/** What `say` emits of a text: as a string, with the rest of it out of sight. */
export function spoken(text: string | LocalisedText): Pick<Say, 'text'> & Localised {
  return typeof text === 'string' ? { text } : { text: text.toString(), [LOCALISED]: text };
}

/** The words of a request for this person. */
export function wordsFor({ text, [LOCALISED]: localised }: Say & Localised, listener: Listener): string {
  return localised?.in(listener) ?? text;
}

/** The wordings of a text, or of an expression that carries them, as far as they are known without running anything. */
export function wordingsOf(text: unknown): Wordings | undefined {
  return (text as { readonly wordings?: Wordings } | undefined)?.wordings;
}
