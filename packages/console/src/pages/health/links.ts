import type { Status } from './counts.ts';
import type { Span } from './span.ts';
import type { Scope } from './use-health.ts';

/** Where the texts are that a figure counts. */
export function textsPath(
  { app }: Scope,
  { since, until }: Partial<Pick<Span, 'since' | 'until'>>,
  status?: Status,
): string {
  const search = new URLSearchParams();
  if (status === 'received') search.set('direction', 'inbound');
  else if (status !== undefined) search.set('status', status);
  if (app !== undefined) search.set('app', app);
  if (since !== undefined) search.set('since', String(since));
  if (until !== undefined) search.set('until', String(until));
  return `/texts?${search}`;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Where the texts are that nobody reports on: those of more than three days ago, and no more than 30. */
export function silentPath(scope: Scope, now: number): string {
  const hour = Math.floor(now / HOUR) * HOUR;
  return textsPath(scope, { since: hour - 30 * DAY, until: hour - 3 * DAY }, 'sent');
}
