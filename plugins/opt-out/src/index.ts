// For operators: the plugin, its options, and lists that come from elsewhere.

export { type Imported, type ImportOptions, importOptOuts } from './import.ts';
// For consoles: what the API answers.
export type { PersonAndApp, PersonStatus } from './operator.ts';
export { optOut } from './opt-out.ts';
export type { OptOutOptions } from './options.ts';
export type { Scope } from './records.ts';
export type { Review, UnsureText } from './reviews.ts';
export { defaultTexts, type OwnTexts, type Texts } from './texts.ts';
// For those who want to know what a text is taken for.
export { type Authority, sources } from './words/keyword.ts';
export { type Heard, listen } from './words/listen.ts';
export { createVocabulary, type OwnWords, type Vocabulary } from './words/vocabulary.ts';
