import { inOrder } from './history.ts';
import type { JourneyState, Ordered, Recording } from './recording.ts';
import { type Happening, isEqual, type Rerun } from './rerun.ts';

/** One line of a comparison. */
export interface ComparedLine {
  /** `same` in both, `gone` then only, `new` now only, `moved` at another time. */
  readonly mark: 'same' | 'gone' | 'new' | 'moved';
  readonly happening: Happening;
  /** Of what has moved: how much later, in milliseconds; less than 0 for earlier. */
  readonly later?: number;
}

/** How the current code does with a journey compared with what was recorded. */
export interface Comparison {
  readonly lines: readonly ComparedLine[];
  readonly end: { readonly before: JourneyState; readonly after: JourneyState | undefined; readonly differs: boolean };
  readonly differs: boolean;
}

/** What is said so much sooner or later is said at another time, in milliseconds. */
const AT_ANOTHER_TIME = 60_000;

/** Compares what was said, when, and where it ended. Of what could be run in part only that part is compared. */
export function compare(recording: Recording, { course, end, stop }: Rerun): Comparison {
  // What a slower bot says belongs to what it said then; what else it would say later on was not recorded.
  const all = align(courseOf(recording), course).filter(
    ({ mark, happening }) => mark !== 'new' || happening.at <= recording.until,
  );
  // What came after it was stopped is no difference.
  const last = stop === undefined ? all.length : all.findLastIndex(({ mark }) => mark !== 'gone') + 1;
  const lines = all.slice(0, last);
  const endDiffers = stop === undefined && !endsAlike(recording.end, end);
  return {
    lines,
    end: { before: recording.end, after: end, differs: endDiffers },
    differs: endDiffers || lines.some(({ mark }) => mark !== 'same'),
  };
}

/** What was heard and said as it was recorded. */
function courseOf({ start, inputs, said, troubles }: Recording): readonly Happening[] {
  const heard = [start, ...inputs].flatMap((one): (Ordered & { readonly happening: Happening })[] =>
    one.kind === 'text' ? [placed(one, { kind: 'heard', at: one.at, text: one.text, media: one.media })] : [],
  );
  const spoken = said.map((one) => placed(one, { kind: 'said', at: one.at, text: one.text, media: one.media }));
  const failed = troubles.map((one) => placed(one, { kind: 'trouble', at: one.at, code: one.code }));
  return [...heard, ...spoken, ...failed].sort(inOrder).map(({ happening }) => happening);
}

function placed({ at, id }: Ordered, happening: Happening): Ordered & { readonly happening: Happening } {
  return { at, id, happening };
}

/** Puts two courses side by side, with as much in common as possible. */
function align(then: readonly Happening[], now: readonly Happening[]): readonly ComparedLine[] {
  const common = commonLengths(then, now);
  const lines: ComparedLine[] = [];
  let [row, column] = [0, 0];
  while (row < then.length || column < now.length) {
    const [before, after] = [then[row], now[column]];
    if (before !== undefined && after !== undefined && isSame(before, after)) {
      lines.push(pair(before, after));
      row += 1;
      column += 1;
    } else if (
      before !== undefined &&
      (after === undefined || lengthAt(common, row + 1, column) >= lengthAt(common, row, column + 1))
    ) {
      lines.push({ mark: 'gone', happening: before });
      row += 1;
    } else if (after !== undefined) {
      lines.push({ mark: 'new', happening: after });
      column += 1;
    }
  }
  return lines;
}

function pair(before: Happening, after: Happening): ComparedLine {
  const later = after.at - before.at;
  const hasMoved = before.kind === 'said' && Math.abs(later) > AT_ANOTHER_TIME;
  return hasMoved ? { mark: 'moved', happening: after, later } : { mark: 'same', happening: after };
}

/** How many happenings the rest of one and the rest of the other have in common at most, by where these rests begin. */
function commonLengths(then: readonly Happening[], now: readonly Happening[]): readonly Uint32Array[] {
  const lengths = Array.from({ length: then.length + 1 }, () => new Uint32Array(now.length + 1));
  for (let row = then.length - 1; row >= 0; row--) {
    for (let column = now.length - 1; column >= 0; column--) {
      const both = isSame(then[row], now[column]);
      const length = both
        ? lengthAt(lengths, row + 1, column + 1) + 1
        : Math.max(lengthAt(lengths, row + 1, column), lengthAt(lengths, row, column + 1));
      (lengths[row] as Uint32Array)[column] = length;
    }
  }
  return lengths;
}

function lengthAt(lengths: readonly Uint32Array[], row: number, column: number): number {
  return lengths[row]?.[column] ?? 0;
}

function isSame(one: Happening | undefined, other: Happening | undefined): boolean {
  if (one === undefined || other === undefined || one.kind !== other.kind) return false;
  if (one.kind === 'trouble') return other.kind === 'trouble' && one.code === other.code;
  return other.kind !== 'trouble' && one.text === other.text && isEqual(urls(one), urls(other));
}

function urls({ media }: Extract<Happening, { kind: 'heard' | 'said' }>): readonly string[] {
  return media.map(({ url }) => url);
}

/** How a bot can end by itself. */
const BY_ITSELF: ReadonlySet<string> = new Set(['done', 'expired']);

/** What ended a journey from outside, and that nothing is known beyond a moment, is not the bot's doing: the state tells. */
function endsAlike(then: JourneyState, now: JourneyState | undefined): boolean {
  if (now === undefined) return false;
  const expected = BY_ITSELF.has(then.how) ? then.how : 'running';
  if (now.how !== expected) return false;
  return then.state === undefined || now.state === undefined || isEqual(then.state, now.state);
}
