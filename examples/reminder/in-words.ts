import type { Moment } from '@parley/dialogs';
import { DateTime } from 'luxon';

/** `Friday, March 6 at 3:00 PM`, where the person is. */
export function inWords({ at, timeZone }: Moment): string {
  return DateTime.fromMillis(at, { zone: timeZone, locale: 'en-US' }).toFormat("cccc, LLLL d 'at' h:mm a");
}

/** `3:00 PM` */
export function timeOf({ at, timeZone }: Moment): string {
  return DateTime.fromMillis(at, { zone: timeZone, locale: 'en-US' }).toFormat('h:mm a');
}
