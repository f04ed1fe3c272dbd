import type { StateOutline } from '@parley/core/host';

export type TransitionOutline = StateOutline['transitions'][number];

/** What leads from a state to another, in words: `message.received [isDay]`, `after 10 min`, `lookUp done`. */
export function labelOf({ event, guarded, guard }: TransitionOutline, source: StateOutline): string {
  return `${eventWords(event, source)}${guarded ? ` [${guard ?? 'if'}]` : ''}`;
}

/** What has to be known of the state that has a transition for an event. */
export type EventSource = Pick<StateOutline, 'path' | 'key' | 'invokes'>;

const SOMEWHERE: EventSource = { path: '', key: '', invokes: [] };

/** The same where it is told what happens: `on message.received [isDay]`, `after 10 min`. */
function onLabelOf(transition: TransitionOutline, source: StateOutline): string {
  const label = labelOf(transition, source);
  return /^(xstate\.after\.|$)/.test(transition.event) ? label : `on ${label}`;
}

/**
 * XState's names of its own events, in words: `after 10 min`, `done`; others as they are.
 *
 * @param source the state that has a transition for it. Default: nobody knows.
 */
export function eventWords(event: string, source: EventSource = SOMEWHERE): string {
  if (event === '') return 'always';
  if (event === '*') return 'anything else';
  const [, kind, rest = ''] = /^xstate\.(after|done|error)\.(.*)$/s.exec(event) ?? [];
  switch (kind) {
    case 'after':
      return `after ${delayWords(rest, source)}`;
    case 'done':
    case 'error':
      return [...actorName(rest, source), kind].join(' ');
    default:
      return event;
  }
}

/** `600000.cafe.asking`: the delay, which is milliseconds or a name, and the id of the state, which ends like its path. */
function delayWords(rest: string, { path, key }: EventSource): string {
  const place = rest.lastIndexOf(`.${path === '' ? key : path}`);
  const beforePlace = place === -1 ? rest : rest.slice(0, place);
  const [delay = ''] = /^\d+/.exec(rest) ?? [beforePlace.split('.')[0]];
  return /^\d+$/.test(delay) ? durationWords(Number(delay)) : delay;
}

/** Which of several actors an event is of; nothing where there is only one. */
function actorName(rest: string, { invokes }: EventSource): readonly string[] {
  if (invokes.length < 2 || !rest.startsWith('actor.')) return [];
  const id = rest.slice('actor.'.length);
  // One without an id of its own has its place among the state's, and the state's id.
  const place = /^(\d+)\./.exec(id)?.[1];
  return [(place === undefined ? undefined : invokes[Number(place)]) ?? id];
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** `1 h 30 min`, exactly. */
export function durationWords(milliseconds: number): string {
  const parts: string[] = [];
  let rest = milliseconds;
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  if (rest > 0 || parts.length === 0) parts.push(`${rest} ms`);
  return parts.join(' ');
}

/** A text in one line that is not longer than `most` characters. */
export function shorten(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length <= most
    ? line
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}

/** How long a text may be in a drawing before it is cut. */
const MOST_SAID = 44;

/** What is said, in quotes. */
export function quoted(texts: readonly string[] = []): readonly string[] {
  return texts.map((text) => `“${shorten(text, MOST_SAID)}”`);
}

/** What stands in the box of a state besides its name: what runs in it, what it says, and what it hears itself without leaving. */
export function linesOf(state: StateOutline): readonly string[] {
  const staying = state.transitions.filter(({ targets, forwards }) => targets.length === 0 && !forwards);
  return [
    ...quoted(state.says),
    ...state.invokes.map((name) => `runs ${name}`),
    ...unique(staying.map((transition) => [onLabelOf(transition, state), ...quoted(transition.says)].join(' '))),
  ];
}

/** An arrow: all transitions that lead from one state to another, a line each. */
export interface Arrow {
  readonly source: string;
  readonly target: string;
  readonly lines: readonly string[];
}

/** The arrows that begin at a state. */
export function arrowsOf(state: StateOutline): readonly Arrow[] {
  const byTarget = new Map<string, TransitionOutline[]>();
  for (const transition of state.transitions) {
    for (const target of transition.targets) byTarget.set(target, [...(byTarget.get(target) ?? []), transition]);
  }
  return [...byTarget].map(([target, transitions]) => ({
    source: state.path,
    target,
    lines: unique(transitions.flatMap((one) => [labelOf(one, state), ...quoted(one.says)])),
  }));
}

function unique(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)];
}
