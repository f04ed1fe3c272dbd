/** A number to text as, with what is worth knowing of it. */
export interface Suggestion {
  readonly number: string;
  readonly label: string;
}

/** Numbers set aside for fiction (555-01XX), in places that quiet hours and regions treat differently. */
const PLACES: readonly Suggestion[] = [
  { number: '+14155550142', label: 'San Francisco, Pacific' },
  { number: '+13035550117', label: 'Denver, Mountain' },
  { number: '+13125550187', label: 'Chicago, Central' },
  { number: '+12125550123', label: 'New York, Eastern' },
  { number: '+18085550156', label: 'Honolulu, Hawaii' },
];

/** The places without numbers of the organization's own: what one app texts to another starts nothing. */
export function placesBesides(apps: readonly { readonly address: string }[]): readonly Suggestion[] {
  return PLACES.filter(({ number }) => apps.every(({ address }) => address !== number));
}

/**
 * Numbers to which texts fail. The first five are Twilio's own, refused at once (twilio.com/docs/iam/test-credentials);
 * those with 3 and 4 are the emulator's, and fail on the way.
 */
export const MAGIC: readonly Suggestion[] = [
  { number: '+15005550001', label: 'Refused: 21211 no valid number' },
  { number: '+15005550002', label: 'Refused: 21612 no route' },
  { number: '+15005550003', label: 'Refused: 21408 region not enabled' },
  { number: '+15005550004', label: 'Refused: 21610 has opted out' },
  { number: '+15005550009', label: 'Refused: 21614 can not get texts' },
  { number: '+15005553003', label: 'Undelivered: 30003 phone unreachable' },
  { number: '+15005553007', label: 'Undelivered: 30007 filtered by the carrier' },
  { number: '+15005554000', label: 'Stays sent, never confirmed' },
];

/** A number as people write it, in E.164; a bare ten digits are North American. `undefined` when it is none. */
export function parseNumber(written: string): string | undefined {
  const digits = written.replace(/[\s().\-‐-―]/g, '').replace(/^00/, '+');
  const number = /^[2-9]\d{9}$/.test(digits) ? `+1${digits}` : /^1[2-9]\d{9}$/.test(digits) ? `+${digits}` : digits;
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : undefined;
}

/** `+1 415 555 0142`; other countries and short codes as they are. */
export function showNumber(address: string): string {
  const channel = /^([a-z]+):(.*)$/.exec(address);
  if (channel !== null) return `${showNumber(channel[2] ?? '')} (${channel[1]})`;
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(address);
  if (american !== null) return `+1 ${american[1]} ${american[2]} ${american[3]}`;
  return address.length > 20 ? `${address.slice(0, 6)}…${address.slice(-4)}` : address;
}
