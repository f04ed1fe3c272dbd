/**
 * The locales whose texts to take for somebody, the best first; the last is always the default: `es-MX`, `es`, `en`.
 *
 * Where nobody speaks exactly that, another variety of the same language and script will do: `es-AR` for who is `es-MX`.
 *
 * @param wanted as a profile has it: also `es_MX`, or no locale at all
 */
export function chainOf(
  wanted: string | undefined,
  known: readonly string[],
  defaultLocale: string,
): readonly string[] {
  const locale = canonical(wanted);
  if (locale === undefined) return [defaultLocale];
  const exact = [locale, ...parentsOf(locale)].filter((one) => known.includes(one));
  const sibling = exact.length > 0 ? undefined : known.find((one) => isSameLanguage(one, locale));
  const found = sibling === undefined ? exact : [sibling, ...parentsOf(sibling).filter((one) => known.includes(one))];
  return [...new Set([...found, defaultLocale])];
}

/** `es-419`, `es` of `es-419-u-nu-latn`. */
export function parentsOf(locale: string): readonly string[] {
  const parts = locale.split('-');
  return parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join('-'));
}

/** A locale as BCP 47 writes it; `undefined` where it is none. */
export function canonical(locale: string | undefined): string | undefined {
  try {
    return Intl.getCanonicalLocales(locale?.replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}

/** Whether who reads the one reads the other. */
export function isSameLanguage(one: string, other: string): boolean {
  const [first, second] = [new Intl.Locale(one).maximize(), new Intl.Locale(other).maximize()];
  return first.language === second.language && first.script === second.script;
}

/** Scripts that are written from right to left and in use: https://www.unicode.org/iso15924/iso15924-codes.html. */
const RIGHT_TO_LEFT: ReadonlySet<string | undefined> = new Set([
  'Adlm',
  'Arab',
  'Hebr',
  'Mand',
  'Nkoo',
  'Rohg',
  'Samr',
  'Syrc',
  'Thaa',
  'Yezi',
]);

export function isRightToLeft(locale: string): boolean {
  return RIGHT_TO_LEFT.has(new Intl.Locale(locale).maximize().script);
}
