/** XState's names of its own events, in words: `after patience`, `task done`. Others as they are. */
export function eventName(type: string): string {
  if (type === 'xstate.init') return 'start';
  if (type.startsWith('xstate.after.')) return `after ${delayOf(type.slice('xstate.after.'.length))}`;
  if (type.startsWith('xstate.done.state.')) return `done: ${type.slice('xstate.done.state.'.length)}`;
  if (type.startsWith('xstate.done.actor.')) return `done: ${type.slice('xstate.done.actor.'.length)}`;
  if (type.startsWith('xstate.error.actor.')) return `error: ${type.slice('xstate.error.actor.'.length)}`;
  return type;
}

/** `xstate.after.` is followed by the delay, which is a name or milliseconds, and the state's id. */
function delayOf(rest: string): string {
  const [delay = ''] = rest.split('.');
  return /^\d+$/.test(delay) ? duration(Number(delay)) : delay;
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** `1 h 30 min`, exactly, as the machine's transitions have it. */
function duration(milliseconds: number): string {
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

/** What a transition's event is called in a drawing: the same for an event and for the transition that it takes. */
export function outlineEvent(type: string): string {
  if (type === '') return 'always';
  if (/^xstate\.done\./.test(type)) return 'done';
  if (/^xstate\.error\./.test(type)) return 'error';
  return eventName(type);
}
