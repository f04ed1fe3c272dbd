/** Who says that a word has to be taken as a keyword. */
export type Authority = 'fcc' | 'ctia' | 'twilio' | 'aws' | 'telnyx' | 'canada';

/**
 * How far an opt-out keyword reaches beyond a text that is nothing else.
 *
 * `firm`: it opts out with words of courtesy or about texts around it, and as a sentence of its own; anywhere else in a text it
 * makes the text unsure. `polite`: with words around it as well, but it is too common to mean anything inside of a sentence.
 * `alone`: it is an everyday answer to a bot, so only the bare word opts out; with words of courtesy it is unsure. `perhaps`: the same
 * where no authority asks for it: the bare word is unsure.
 */
export type Reach = 'firm' | 'polite' | 'alone' | 'perhaps';

/** A word that opts out. */
export interface OptOutWord {
  readonly word: string;
  readonly reach: Reach;
  /** Who asks for it. Empty: nobody that we have read; people say it. */
  readonly by: readonly Authority[];
}

/** A word that opts in again, or asks for help. */
export interface PlainWord {
  readonly word: string;
  readonly by: readonly Authority[];
}

/** What people say in one language. */
export interface Language {
  /** BCP 47, the language alone: `en`. */
  readonly code: string;
  readonly optOut: readonly OptOutWord[];
  readonly optIn?: readonly PlainWord[];
  /** Opts in only those who are opted out; an answer like any other for everybody else. */
  readonly yes?: readonly PlainWord[];
  readonly help?: readonly PlainWord[];
  /** Words that may stand around an opt-out word and change nothing: `please`, `thanks`, `me`. */
  readonly courtesy?: readonly string[];
  /** Words for texts: with one of these `cancel` and `end` are about texts, too. */
  readonly texts?: readonly string[];
  /**
   * Expressions on normalised text (lower case, no accents, no apostrophes, single spaces), one clause at a time; word boundaries are
   * added.
   */
  readonly phrases?: {
    /** Nobody could take these for anything but an opt-out. */
    readonly optOut?: readonly string[];
    /** May be one: somebody has to look. */
    readonly unsure?: readonly string[];
    /** Uses of opt-out words that are none. */
    readonly harmless?: readonly string[];
    /** Right ahead of a phrase of `optOut` these turn it round. */
    readonly negations?: readonly string[];
  };
}

/**
 * Where the lists of authorities were read, on 2026-11-23 in stored copies of these pages. A keyword that names none of them is
 * ours: what speakers of the language say, which no page that we know of asks for.
 */
export const sources: Readonly<Record<Authority, readonly string[]>> = {
  fcc: [
    '47 CFR 64.1200(a)(10)',
    'https://www.compliancepoint.com/marketing-compliance/fccs-consent-revocation-rule-language-analysis',
  ],
  ctia: ['https://solutionsbytext.com/opt-out-policy'],
  twilio: [
    'https://support.twilio.com/hc/en-us/articles/223134027',
    'https://www.twilio.com/en-us/blog/update-to-fcc-s-sms-opt-out-keywords',
  ],
  aws: ['https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html'],
  telnyx: ['the documentation of Telnyx'],
  canada: ['https://support.twilio.com/hc/en-us/articles/223181928'],
};

/** Opt-out words that reach equally far, and are nobody's in particular. */
export function ours(reach: Reach, ...words: readonly string[]): OptOutWord[] {
  return words.map((word) => ({ word, reach, by: [] }));
}
