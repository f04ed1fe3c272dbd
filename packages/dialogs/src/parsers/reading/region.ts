import type { Circumstances } from '../parser.ts';

/** The language alone, lower case: `en`. */
export function languageOf({ locale }: Pick<Circumstances, 'locale'>): string {
  return locale.toLowerCase().split(/[-_]/)[0] ?? '';
}

/**
 * How a person writes numbers and dates: the region that their locale names, or else their country. English where the locale is none.
 */
export function writingOf({ locale, country }: Pick<Circumstances, 'locale' | 'country'>): string {
  try {
    const known = new Intl.Locale(locale.replaceAll('_', '-'));
    return known.region === undefined
      ? new Intl.Locale(known.language, { region: country }).toString()
      : known.baseName;
  } catch {
    return 'en';
  }
}

/** The languages of a table, the person's own first, then English, then the others. */
export function languagesFor<Language extends string>(
  circumstances: Pick<Circumstances, 'locale'>,
  table: Readonly<Record<Language, unknown>>,
): readonly Language[] {
  const own = languageOf(circumstances);
  const rank = (language: Language) => (language === own ? 0 : language === 'en' ? 1 : 2);
  return (Object.keys(table) as Language[]).sort((one, other) => rank(one) - rank(other));
}
