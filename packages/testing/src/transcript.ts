import type { Address, Media } from '@parley/core';

/** Something that a phone has seen, or that was meant for it. */
export interface PhoneEvent {
  /** Milliseconds since the epoch, by the simulation's clock. */
  readonly at: number;
  /** The person's number, and ours. */
  readonly phone: Address;
  readonly ours: Address;
  /** `texted`: the person has; `got`: the person was told; the others never arrived, because they were refused, lost, or left without a report. */
  readonly kind: 'texted' | 'got' | 'refused' | 'lost' | 'silent';
  readonly text: string;
  readonly media: readonly Media[];
  /** Why it never arrived. */
  readonly code?: string;
}

export interface TranscriptOptions {
  /** In whose time zone times are written: an IANA name. Default `UTC`. */
  readonly timeZone?: string;
}

/**
 * Who said what when, for people and for snapshots: a line for each text, with the date where a day begins. Names people by their numbers and us
 * by `nameOf`; with several conversations each line says to whom, too.
 */
export function writeTranscript(
  events: readonly PhoneEvent[],
  nameOf: (ours: Address) => string,
  { timeZone = 'UTC' }: TranscriptOptions = {},
): string {
  const writeTime = clockIn(timeZone);
  const isCrowded = new Set(events.map(({ phone, ours }) => `${phone} ${ours}`)).size > 1;
  const lines: string[] = [];
  let day: string | undefined;
  for (const event of events) {
    const { today, time } = writeTime(event.at);
    if (today !== day) lines.push(today);
    day = today;
    const indent = ' '.repeat(time.length + 2);
    lines.push(`${time}  ${speakers(event, nameOf, isCrowded)}: ${wordsOf(event).replaceAll('\n', `\n${indent}`)}`);
  }
  return lines.join('\n');
}

/** By its parts: what stands between them differs from one version of Node.js to the next, and snapshots are to stay. */
function clockIn(timeZone: string): (at: number) => { readonly today: string; readonly time: string } {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const joined = (names: readonly Intl.DateTimeFormatPartTypes[], by: string) =>
      names.map((name) => parts.get(name)).join(by);
    return {
      today: joined(['weekday', 'day', 'month', 'year'], ' '),
      time: joined(['hour', 'minute', 'second'], ':'),
    };
  };
}

function speakers({ kind, phone, ours }: PhoneEvent, nameOf: (ours: Address) => string, isCrowded: boolean): string {
  const [from, to] = kind === 'texted' ? [phone, nameOf(ours)] : [nameOf(ours), phone];
  return isCrowded ? `${from} → ${to}` : from;
}

const FATES = {
  texted: undefined,
  got: undefined,
  refused: 'refused',
  lost: 'not delivered',
  silent: 'never heard of again',
} as const satisfies Record<PhoneEvent['kind'], string | undefined>;

function wordsOf({ kind, text, media, code }: PhoneEvent): string {
  const fate = FATES[kind];
  const notes = [
    ...media.map(({ url }) => url),
    ...(fate === undefined ? [] : [code === undefined ? fate : `${fate}: ${code}`]),
  ];
  return [text, ...notes.map((note) => `[${note}]`)].filter((part) => part !== '').join(' ');
}
