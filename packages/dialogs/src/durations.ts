/** In milliseconds. */
export function seconds(count: number): number {
  return count * 1000;
}

/** In milliseconds. */
export function minutes(count: number): number {
  return seconds(count * 60);
}

/** In milliseconds. */
export function hours(count: number): number {
  return minutes(count * 60);
}

/** In milliseconds. */
export function days(count: number): number {
  return hours(count * 24);
}
