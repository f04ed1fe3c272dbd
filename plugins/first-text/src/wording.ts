import * as z from 'zod';

/** How each part of a footer is said in one language; `{brand}` and `{program}` are filled in. */
export interface Wording {
  readonly brand: string;
  readonly program: string;
  readonly frequency: string;
  readonly rates: string;
  readonly help: string;
  readonly stop: string;
  /** In place of `help` and `stop` where both are missing. */
  readonly helpAndStop: string;
}

/** A footer in one language, and what to say instead where there is little room. */
export interface Language {
  readonly full: Wording;
  readonly short: Wording;
}

const sentence = z.string().min(1).max(300);

export const wordingSchema = z.strictObject({
  brand: sentence.includes('{brand}', { error: 'it has to contain {brand}' }),
  program: sentence.includes('{program}', { error: 'it has to contain {program}' }),
  frequency: sentence,
  rates: sentence,
  help: sentence,
  stop: sentence,
  helpAndStop: sentence,
});

/**
 * Our own wordings. HELP and STOP are what every carrier and Twilio take, whatever the language of the text. All letters are of the
 * GSM alphabet: a single other one would have the whole text billed at 70 characters a segment in place of 160.
 */
export const LANGUAGES: Readonly<Record<string, Language>> = {
  en: {
    full: {
      brand: 'From {brand}.',
      program: 'Texts about {program}.',
      frequency: 'Msg frequency varies.',
      rates: 'Msg & data rates may apply.',
      help: 'Reply HELP for help.',
      stop: 'Reply STOP to cancel.',
      helpAndStop: 'Reply HELP for help, STOP to cancel.',
    },
    short: {
      brand: '{brand}.',
      program: '{program}.',
      frequency: 'Frequency varies.',
      rates: 'Msg&data rates may apply.',
      help: 'HELP for help.',
      stop: 'STOP to end.',
      helpAndStop: 'HELP for help, STOP to end.',
    },
  },
  es: {
    full: {
      brand: 'De parte de {brand}.',
      program: 'Mensajes sobre {program}.',
      frequency: 'Frecuencia variable.',
      rates: 'Pueden aplicarse tarifas de mensajes y datos.',
      help: 'Responda HELP para ayuda.',
      stop: 'Responda STOP para cancelar.',
      helpAndStop: 'Responda HELP para ayuda, STOP para cancelar.',
    },
    short: {
      brand: '{brand}.',
      program: '{program}.',
      frequency: 'Frecuencia variable.',
      rates: 'Aplican tarifas de mensajes y datos.',
      help: 'HELP para ayuda.',
      stop: 'STOP para cancelar.',
      helpAndStop: 'HELP para ayuda, STOP para cancelar.',
    },
  },
  fr: {
    full: {
      brand: 'De la part de {brand}.',
      program: 'Messages : {program}.',
      frequency: 'Fréquence variable.',
      rates: "Des frais de messages et de données peuvent s'appliquer.",
      help: "Répondez HELP pour de l'aide.",
      stop: 'Répondez STOP pour vous désabonner.',
      helpAndStop: "Répondez HELP pour de l'aide, STOP pour vous désabonner.",
    },
    short: {
      brand: '{brand}.',
      program: '{program}.',
      frequency: 'Fréquence variable.',
      rates: 'Frais de messages et de données possibles.',
      help: "HELP pour de l'aide.",
      stop: 'STOP pour se désabonner.',
      helpAndStop: "HELP pour de l'aide, STOP pour se désabonner.",
    },
  },
};

/** All languages with the changes that the options make. A sentence that was changed is said where there is little room, too. */
export function languagesWith(changes: Readonly<Record<string, Partial<Wording>>>): ReadonlyMap<string, Language> {
  const changed = Object.entries(changes).map(([language, wording]) => {
    const known = LANGUAGES[language];
    // The schema has made sure that a language of which nothing is known comes whole.
    const full = { ...known?.full, ...wording } as Wording;
    return [language, { full, short: { ...(known?.short ?? full), ...wording } }] as const;
  });
  return new Map([...Object.entries(LANGUAGES), ...changed]);
}

/** The language of a person: of `fr-CA` that of Canada if there is one, else French, else `fallback`. */
export function languageOf(
  locale: string | undefined,
  languages: ReadonlyMap<string, Language>,
  fallback: string,
): Language | undefined {
  const whole = (locale ?? '').toLowerCase().replaceAll('_', '-');
  return languages.get(whole) ?? languages.get(whole.split('-')[0] ?? '') ?? languages.get(fallback);
}
