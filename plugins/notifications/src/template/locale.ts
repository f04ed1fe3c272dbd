/** The texts of a notification by locale, the first for everybody whose language is not among them. */
export interface Localised<Value> {
  readonly locale: string;
  readonly value: Value;
}

/**
 * The text for somebody: in their locale, else in their language, else the first.
 *
 * @param locale what is known of the person, BCP 47.
 */
export function chooseFor<Value>(
  texts: readonly [Localised<Value>, ...Localised<Value>[]],
  locale: string | undefined,
): Localised<Value> {
  const wanted = canonical(locale);
  if (wanted === undefined) return texts[0];
  const same = texts.find((text) => canonical(text.locale) === wanted);
  if (same !== undefined) return same;
  const language = languageOf(wanted);
  // A text for the language as a whole goes before one for another country of it.
  const alike = texts.filter((text) => languageOf(text.locale) === language);
  return alike.find((text) => !text.locale.includes('-')) ?? alike[0] ?? texts[0];
}

/** How numbers and dates are written in a text: as in the person's country, if they speak the text's language. */
export function formattingLocale(text: string, person: string | undefined): string {
  const known = canonical(person);
  return known !== undefined && languageOf(known) === languageOf(text) ? known : text;
}

export function isLocale(value: string): boolean {
  return canonical(value) !== undefined;
}

function canonical(locale: string | undefined): string | undefined {
  if (locale === undefined) return undefined;
  try {
    // As Java and POSIX write it: es_MX.
    return Intl.getCanonicalLocales(locale.replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}

function languageOf(locale: string): string {
  return (locale.split(/[-_]/)[0] ?? '').toLowerCase();
}
