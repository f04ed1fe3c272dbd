import { DateTime } from 'luxon';

/** Where the clinic is; its appointments are told in its time, wherever the person is. */
export const clinicZone = 'America/Los_Angeles';

/** `Tuesday, Jan 6 at 9:00 AM` */
export function dayAndTime(at: number): string {
  return `${inClinic(at).toFormat('cccc, LLL d')} at ${clockTime(at)}`;
}

/** `9:00 AM` */
export function clockTime(at: number): string {
  return inClinic(at).toFormat('h:mm a');
}

/** `tuesday` as it is written. */
export function inWords(weekday: string): string {
  return weekday.charAt(0).toUpperCase() + weekday.slice(1);
}

function inClinic(at: number): DateTime {
  return DateTime.fromMillis(at, { zone: clinicZone, locale: 'en-US' });
}
