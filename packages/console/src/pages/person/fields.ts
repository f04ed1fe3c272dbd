import type { Actor } from '@parley/api';

export type FieldName = Exclude<keyof Actor, 'address' | 'attributes'>;

export interface ProfileField {
  readonly name: FieldName;
  readonly label: string;
  /** What it looks like. */
  readonly example: string;
  /** What is wrong with what was typed, if anything is. */
  readonly problemWith?: (value: string) => string | undefined;
}

/** The fields of a profile, in the order in which they are shown. */
export const FIELDS: readonly ProfileField[] = [
  { name: 'firstName', label: 'First name', example: 'Ann' },
  { name: 'lastName', label: 'Last name', example: 'Lee' },
  {
    ...{ name: 'email', label: 'E-mail', example: 'ann@example.com' },
    problemWith: (value) => (/^\S+@\S+$/.test(value) ? undefined : 'Has an @ in the middle'),
  },
  {
    ...{ name: 'timeZone', label: 'Time zone', example: 'America/Los_Angeles' },
    problemWith: (value) => (isTimeZone(value) ? undefined : 'A name of the IANA, such as America/Los_Angeles'),
  },
  { name: 'region', label: 'State or region', example: 'CA' },
  { name: 'postalCode', label: 'Postal code', example: '94103' },
  {
    ...{ name: 'locale', label: 'Language', example: 'en-US' },
    problemWith: (value) => (isLocale(value) ? undefined : 'Such as en or en-US'),
  },
];

function isTimeZone(timeZone: string): boolean {
  return succeeds(() => new Intl.DateTimeFormat('en', { timeZone }));
}

function isLocale(locale: string): boolean {
  return succeeds(() => new Intl.Locale(locale));
}

function succeeds(make: () => unknown): boolean {
  try {
    make();
    return true;
  } catch {
    return false;
  }
}
