import { malformed } from '../malformed.ts';
import { type ClockTime, clockFrom } from './instants.ts';

/**
 * The clock time that an option of a parser says.
 *
 * @throws `error.platform.config.malformed` if it is no `HH:MM`.
 */
export function clockOption(where: string, time: string): ClockTime {
  const clock = clockFrom(time);
  if (clock === undefined) throw malformed(where, `${time} is no time of the form HH:MM`);
  return clock;
}
