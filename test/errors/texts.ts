import { defineTexts } from '@parley/texts';
import type { Provocation } from './world.ts';

const texts = defineTexts('en', { en: { hello: 'Hello {name}' } });

/** What texts in many languages refuse to say, where types were left aside. */
export const textsInLanguages: Readonly<Record<string, Provocation>> = {
  'error.platform.texts.unknown-key': async () => String(texts('helo' as 'hello', { name: 'Ann' })),
  'error.platform.texts.bad-value': async () => String(texts('hello', {} as { name: string })),
};
