import type { ConsentLedger } from '@parley/core';
import * as z from 'zod';
import type { Scope } from './records.ts';
import { defaultTexts, type OwnTexts } from './texts.ts';
import type { OwnWords } from './words/vocabulary.ts';

export interface OptOutOptions {
  /** The name that people know; begins every answer. Default: the name of the organization. */
  readonly brand?: string | undefined;
  /** Where people find help, as it stands in a sentence: `call 800-555-0100`, `see example.com/help`. Default: none is named. */
  readonly contact?: string | undefined;
  /** BCP 47, the language alone: answers to words that are no language's in particular (STOP, INFO). Default `en`. */
  readonly language?: string;
  /**
   * What an opt-out covers. `organization` (default): everything that is sent from here. `app`: texts of the app that was
   * texted. `number`: texts of its number or messaging service, as providers keep it.
   */
  readonly scope?: Scope;
  /** Whether texts of the category `emergency` go to people who have opted out. Default `true`; providers may refuse them. */
  readonly emergencies?: boolean;
  /**
   * What becomes of somebody whose text may have been an opt-out, until somebody has decided. `hold` (default): what they have not
   * asked for waits; what answers them goes. `opt-out`: they are opted out. `review`: nothing is held back.
   */
  readonly unsure?: 'hold' | 'opt-out' | 'review';
  /** Whether they are asked, once a day at most: "Reply STOP to end texts …". Default `true`; with `unsure: 'opt-out'` nobody is. */
  readonly ask?: boolean;
  /** Words of your own, by language. */
  readonly keywords?: Readonly<Record<string, OwnWords>>;
  /** Answers of your own, by language. Default: {@link defaultTexts}. */
  readonly texts?: Readonly<Record<string, OwnTexts>>;
  /**
   * Where the provider answers its own keywords and does not say so: `true`, or the ids of those apps. Numbers of Twilio without a
   * messaging service do, unless Twilio has turned it off. Default `false`.
   */
  readonly providerAnswers?: boolean | readonly string[];
  /** Codes with which a provider refuses texts to people who have opted out with it. Default `21610`, which is Twilio's. */
  readonly providerCodes?: readonly string[];
  /** Where opt-outs and opt-ins are written down as well. Default: nowhere else. */
  readonly ledger?: ConsentLedger;
  /** Opens the API under `/plugins/opt-out` to requests that carry it: 24 characters at least. Default: there is no API. */
  readonly apiKey?: string | undefined;
}

const words = z.array(z.string().trim().min(1)).optional();

const ownWords = z.strictObject({
  optOut: words,
  optIn: words,
  help: words,
  phrases: words,
  unsure: words,
  harmless: words,
});

/** As long as a message may be. */
const answer = z.string().trim().min(1).max(1600).optional();

const ownTexts = z.strictObject({ stop: answer, start: answer, help: answer, question: answer });

const languageCode = z.string().regex(/^[a-z]{2,3}$/, 'a language has two or three lower-case letters, such as en');

export const optionsSchema = z
  .strictObject({
    brand: z.string().trim().min(1).optional(),
    contact: z.string().trim().min(1).optional(),
    language: languageCode.default('en'),
    scope: z.enum(['organization', 'app', 'number']).default('organization'),
    emergencies: z.boolean().default(true),
    unsure: z.enum(['hold', 'opt-out', 'review']).default('hold'),
    ask: z.boolean().default(true),
    keywords: z.record(languageCode, ownWords).default({}),
    texts: z.record(languageCode, ownTexts).default({}),
    providerAnswers: z.union([z.boolean(), z.array(z.string().min(1))]).default(false),
    providerCodes: z.array(z.string().min(1)).default(['21610']),
    ledger: z
      .custom<ConsentLedger>(
        (value) => typeof (value as ConsentLedger | undefined)?.record === 'function',
        'a ledger has record(entry)',
      )
      .optional(),
    apiKey: z.string().min(24, 'an API key has 24 characters at least').optional(),
  })
  .refine(({ language, texts }) => language in defaultTexts || 'help' in (texts[language] ?? {}), {
    path: ['language'],
    error: `there are answers in ${Object.keys(defaultTexts).join(', ')}; write your own under texts for another language`,
  });

/** Options with their defaults. */
export type Settings = z.output<typeof optionsSchema>;
