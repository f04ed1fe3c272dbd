/** How a country writes its postal codes. */
export interface PostalCodeFormat {
  /** On capitals; white space and dashes may be anywhere that they are usual, or left out. */
  readonly pattern: RegExp;
  /** How the groups of the pattern are written. */
  readonly written: (groups: readonly string[]) => string;
  /** A code that exists, to show. */
  readonly example: string;
}

function format(source: string, example: string, between = ' '): PostalCodeFormat {
  const written = (groups: readonly string[]) => groups.filter((group) => group !== '').join(between);
  return { pattern: new RegExp(`^(?:${source})$`, 'u'), written, example };
}

const prefixed = (prefix: string, source: string, example: string) => format(`(?:${prefix}[- ]?)?${source}`, example);

const fourDigits = (example: string, prefix = '') =>
  prefix === '' ? format(String.raw`(\d{4})`, example) : prefixed(prefix, String.raw`(\d{4})`, example);
const fiveDigits = (example: string, prefix = '') =>
  prefix === '' ? format(String.raw`(\d{5})`, example) : prefixed(prefix, String.raw`(\d{5})`, example);

/**
 * By country, as in ISO 3166. Shapes are those of the Universal Postal Union's addressing pages
 * (https://www.upu.int/en/Postal-Solutions/Programmes-Services/Addressing-Solutions) and of Google's address data
 * (https://chromium-i18n.appspot.com/ssl-address/data/US); where a country says which letters it uses, so does its pattern:
 * Canada no D, F, I, O, Q, U, and no W or Z at first (Canada Post, Addressing Guidelines); Great Britain BS7666, as the
 * Cabinet Office has it, with GIR 0AA; the Netherlands no SA, SD, SS and no 0 at first (PostNL).
 */
export const postalCodes: Readonly<Record<string, PostalCodeFormat>> = {
  AT: fourDigits('1010', 'A'),
  AU: format(String.raw`(\d{4})`, '2000'),
  BE: fourDigits('1000', 'B'),
  BR: format(String.raw`(\d{5})[- ]?(\d{3})`, '01310-100', '-'),
  CA: format(String.raw`([ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z])[- ]?(\d[ABCEGHJ-NPRSTV-Z]\d)`, 'K1A 0B1'),
  CH: fourDigits('8001', 'CH'),
  CZ: format(String.raw`([1-7]\d{2}) ?(\d{2})`, '110 00'),
  DE: format(String.raw`(?:D[- ]?)?((?!00)\d{5})`, '10115'),
  DK: fourDigits('1050', 'DK'),
  ES: format(String.raw`((?:0[1-9]|[1-4]\d|5[0-2])\d{3})`, '28013'),
  FI: fiveDigits('00100', 'FI'),
  FR: format(String.raw`(?:F[- ]?)?((?:0[1-9]|[1-8]\d|9[0-8])) ?(\d{3})`, '75001', ''),
  GB: format(
    String.raw`(GIR|[A-PR-UWYZ](?:[A-HK-Y]?\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRV-Y])) ?(\d[ABD-HJLNP-UW-Z]{2})`,
    'SW1A 1AA',
  ),
  IE: format(String.raw`((?:[AC-FHKNPRTV-Y]\d{2}|D6W)) ?([0-9AC-FHKNPRTV-Y]{4})`, 'D02 AF30'),
  IN: format(String.raw`([1-9]\d{2}) ?(\d{3})`, '110001', ''),
  IT: fiveDigits('00118', 'I'),
  JP: format(String.raw`(?:〒 ?)?(\d{3})[- ]?(\d{4})`, '100-0001', '-'),
  MX: format(String.raw`(\d{5})`, '06000'),
  NL: format(String.raw`([1-9]\d{3}) ?((?!S[ADS])[A-Z]{2})`, '1012 JS'),
  NO: fourDigits('0150', 'N'),
  NZ: format(String.raw`(\d{4})`, '6011'),
  PL: format(String.raw`(\d{2})[- ]?(\d{3})`, '00-001', '-'),
  PR: format(String.raw`(00[679]\d{2})(?:[- ]?(\d{4}))?`, '00901', '-'),
  PT: format(String.raw`([1-9]\d{3})[- ]?(\d{3})`, '1100-148', '-'),
  SE: prefixed('SE', String.raw`([1-9]\d{2}) ?(\d{2})`, '111 22'),
  US: format(String.raw`(\d{5})(?:[- ]?(\d{4}))?`, '94103', '-'),
  ZA: format(String.raw`(\d{4})`, '8001'),
};
