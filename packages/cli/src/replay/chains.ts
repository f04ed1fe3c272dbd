import type { ActivityRecord } from '@parley/core';

/** A journey, and those that its bot started when it had ended. */
export interface Chain {
  readonly started: ActivityRecord;
  readonly ids: Set<string>;
  /** How the last of them ended. */
  ended: ActivityRecord | undefined;
}

/** The journeys of a conversation by what began them, oldest first. */
export function chainsOf(activity: readonly ActivityRecord[]): readonly Chain[] {
  const chains: Chain[] = [];
  for (const record of activity) {
    const { kind, journey } = record;
    if (journey === undefined) continue;
    const last = chains.at(-1);
    if (kind === 'journey.started') begin(chains, last, record, journey);
    else if (ENDS.has(kind) && last?.ids.has(journey)) last.ended = record;
  }
  return chains;
}

const ENDS: ReadonlySet<ActivityRecord['kind']> = new Set(['journey.ended', 'journey.expired']);

/** A bot that begins as another is done, and by no text, was started by it. */
function begin(chains: Chain[], last: Chain | undefined, started: ActivityRecord, journey: string): void {
  if (started.name !== 'text' && last?.ended?.name === 'done' && last.ended.at === started.at) {
    last.ids.add(journey);
    last.ended = undefined;
  } else chains.push({ started, ids: new Set([journey]), ended: undefined });
}
