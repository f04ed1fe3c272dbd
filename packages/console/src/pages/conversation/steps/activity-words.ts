import type { Activity } from '@parley/api';

/** What happened, in words, and whether it is bad news. */
export interface Words {
  readonly title: string;
  /** A code or a name. */
  readonly detail: string | undefined;
  readonly tone: 'bad' | 'warn' | 'neutral';
}

const ENDS: Readonly<Record<string, string>> = {
  done: 'Journey is done',
  replaced: 'Journey was replaced by another',
  claimed: 'Journey was ended by a command of the person',
  ended: 'Journey was ended',
};

const KINDS: Readonly<Record<string, readonly [title: string, tone: Words['tone']]>> = {
  'journey.started': ['Journey began', 'neutral'],
  'journey.expired': ['Journey has expired', 'warn'],
  'journey.extended': ['Journey may last longer', 'neutral'],
  'journey.migrated': ['Journey went on with another version', 'neutral'],
  'hook.failed': ['A hook of the bot threw', 'bad'],
  track: ['Tracked', 'neutral'],
  handoff: ['Handed over to', 'warn'],
  resumed: ['Given back to the bot', 'neutral'],
  parked: ['Parked something', 'bad'],
  halted: ['Halted', 'bad'],
  'in-doubt': ['Nobody knows whether a text has left', 'warn'],
  resent: ['Sent a text again', 'neutral'],
  retried: ['Took parked things in again', 'neutral'],
  skipped: ['Dropped what was parked', 'warn'],
  'task.retry': ['A task failed and will be tried again', 'warn'],
  'task.failed': ['A task has failed', 'bad'],
};

export function wordsFor({ kind, name, data }: Activity): Words {
  if (kind === 'journey.ended')
    return { title: ENDS[name ?? ''] ?? 'Journey ended', detail: undefined, tone: 'neutral' };
  const [title, tone] = KINDS[kind] ?? [kind, 'neutral'];
  if (kind === 'journey.started')
    return { title: name === 'text' ? `${title} with a text` : title, detail: undefined, tone };
  if (kind === 'hook.failed') {
    const { reason } = (data ?? {}) as { readonly reason?: unknown };
    return { title, detail: typeof reason === 'string' ? reason : name, tone };
  }
  return { title, detail: name, tone };
}
