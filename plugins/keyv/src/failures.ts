import type { Failures, FailuresQuery } from '@parley/core';
import { compare } from './line.ts';
import type { MessageIndex } from './message-index.ts';

/** Counts what the index knows of messages that failed. */
export function countFailures(messages: MessageIndex, { app, ours, since, until, limit }: FailuresQuery): Failures {
  const counts = new Map<string | undefined, number>();
  let looked = 0;
  for (const entry of messages.failed({ since, until })) {
    if (++looked > limit) break;
    if (app !== undefined && entry.app !== app) continue;
    if (ours !== undefined && entry.ours !== ours) continue;
    counts.set(entry.code, (counts.get(entry.code) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([one, ones], [other, others]) => others - ones || compare(one ?? '', other ?? ''));
  return {
    counts: sorted.map(([code, count]) => ({ ...(code === undefined ? {} : { code }), count })),
    complete: looked <= limit,
  };
}
