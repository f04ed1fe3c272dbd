/** A number to text as, with what is worth knowing of it. */
export interface Suggestion {
  readonly number: string;
  readonly label: string;
}

/** Numbers set aside for fiction (555-01XX), in places that quiet hours and regions treat differently. */
export const PLACES: readonly Suggestion[] = [
  { number: '+14155550142', label: 'San Francisco, Pacific' },
  { number: '+13035550117', label: 'Denver, Mountain' },
  { number: '+13125550187', label: 'Chicago, Central' },
  { number: '+12125550123', label: 'New York, Eastern' },
  { number: '+18085550156', label: 'Honolulu, Hawaii' },
];

/** Numbers to which Twilio refuses to send. Source: twilio.com/docs/iam/test-credentials. */
export const MAGIC: readonly Suggestion[] = [
  { number: '+15005550001', label: 'Replies fail: 21211 no valid number' },
  { number: '+15005550002', label: 'Replies fail: 21612 no route' },
  { number: '+15005550003', label: 'Replies fail: 21408 region not enabled' },
  { number: '+15005550004', label: 'Replies fail: 21610 has opted out' },
  { number: '+15005550009', label: 'Replies fail: 21614 can not get texts' },
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
