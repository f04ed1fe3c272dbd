import { DateTime } from 'luxon';
import { clinicZone } from './when.ts';

// Stands for the calendar of a real practice, behind an API of its own: it takes its time, and it fails.

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

export interface DayWanted {
  /** `tuesday` */
  readonly day: string;
  /** The next such day after this moment; milliseconds since the epoch. */
  readonly from: number;
}

const OPENINGS = [
  { hour: 9, minute: 0 },
  { hour: 11, minute: 30 },
  { hour: 15, minute: 15 },
];

/** The free times of a day. Wednesday's calendar can not be reached, and Friday is booked out. */
export async function findSlots({ day, from }: DayWanted): Promise<readonly number[]> {
  if (day === 'wednesday') {
    // The code is what the console and the log show of a task that has failed.
    throw Object.assign(new Error('The calendar does not answer.'), { code: 'calendar.unreachable' });
  }
  if (day === 'friday') return [];
  const date = nextDay(weekdays.indexOf(day) + 1, from);
  return OPENINGS.map((opening) => date.set(opening).toMillis());
}

function nextDay(weekday: number, from: number): DateTime {
  const tomorrow = DateTime.fromMillis(from, { zone: clinicZone }).startOf('day').plus({ days: 1 });
  return tomorrow.plus({ days: (weekday - tomorrow.weekday + 7) % 7 });
}
