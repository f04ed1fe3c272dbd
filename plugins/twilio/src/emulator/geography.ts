/** What Twilio guesses of where a number is from; all empty for what is not known. */
export interface Geography {
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly country: string;
}

/** A few area codes of the USA and Canada, enough for a bot to see the parameters filled in. */
const AREAS: Readonly<Record<string, readonly [city: string, state: string, zip: string, country: string]>> = {
  '202': ['WASHINGTON', 'DC', '20001', 'US'],
  '206': ['SEATTLE', 'WA', '98101', 'US'],
  '212': ['NEW YORK', 'NY', '10001', 'US'],
  '213': ['LOS ANGELES', 'CA', '90012', 'US'],
  '214': ['DALLAS', 'TX', '75201', 'US'],
  '215': ['PHILADELPHIA', 'PA', '19103', 'US'],
  '216': ['CLEVELAND', 'OH', '44113', 'US'],
  '303': ['DENVER', 'CO', '80202', 'US'],
  '305': ['MIAMI', 'FL', '33131', 'US'],
  '312': ['CHICAGO', 'IL', '60602', 'US'],
  '404': ['ATLANTA', 'GA', '30303', 'US'],
  '408': ['SAN JOSE', 'CA', '95113', 'US'],
  '415': ['SAN FRANCISCO', 'CA', '94105', 'US'],
  '416': ['TORONTO', 'ON', '', 'CA'],
  '503': ['PORTLAND', 'OR', '97204', 'US'],
  '512': ['AUSTIN', 'TX', '78701', 'US'],
  '514': ['MONTREAL', 'QC', '', 'CA'],
  '602': ['PHOENIX', 'AZ', '85003', 'US'],
  '604': ['VANCOUVER', 'BC', '', 'CA'],
  '612': ['MINNEAPOLIS', 'MN', '55415', 'US'],
  '617': ['BOSTON', 'MA', '02108', 'US'],
  '702': ['LAS VEGAS', 'NV', '89101', 'US'],
  '713': ['HOUSTON', 'TX', '77002', 'US'],
  '808': ['HONOLULU', 'HI', '96813', 'US'],
  '907': ['ANCHORAGE', 'AK', '99501', 'US'],
};

const COUNTRIES: readonly (readonly [prefix: string, country: string])[] = [
  ['+1', 'US'],
  ['+33', 'FR'],
  ['+34', 'ES'],
  ['+44', 'GB'],
  ['+49', 'DE'],
  ['+52', 'MX'],
  ['+61', 'AU'],
];

/** Guesses from the number alone, as Twilio does. */
export function guessGeography(number: string): Geography {
  const area = /^\+1(\d{3})\d{7}$/.exec(number)?.[1];
  const known = area !== undefined && Object.hasOwn(AREAS, area) ? AREAS[area] : undefined;
  if (known !== undefined) return { city: known[0], state: known[1], zip: known[2], country: known[3] };
  const country = COUNTRIES.find(([prefix]) => number.startsWith(prefix))?.[1] ?? '';
  return { city: '', state: '', zip: '', country };
}
