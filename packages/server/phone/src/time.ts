/** Texts that are further apart get the time between them. */
const PAUSE = 15 * 60_000;
const DAY = 86_400_000;

/** Whether a text that follows another after some time needs the time above it. */
export function needsTime(before: number | undefined, at: number): boolean {
  return before === undefined || at - before > PAUSE || !sameDay(before, at);
}

/** `9:41 AM` */
export function clockTime(at: number): string {
  return new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }).format(at);
}

/** `Today 9:41 AM`, `Yesterday …`, `Monday …`, `Mon, Nov 3 …` */
export function separatorTime(at: number, now: number): { readonly day: string; readonly time: string } {
  return { day: dayName(at, now), time: clockTime(at) };
}

function dayName(at: number, now: number): string {
  if (sameDay(at, now)) return 'Today';
  if (sameDay(at, now - DAY)) return 'Yesterday';
  const recent = now - at < 6 * DAY && at < now;
  const format: Intl.DateTimeFormatOptions = recent
    ? { weekday: 'long' }
    : { weekday: 'short', month: 'short', day: 'numeric' };
  return new Intl.DateTimeFormat(undefined, format).format(at);
}

function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}
