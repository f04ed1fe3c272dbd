import type { Status } from './counts.ts';
import type { Span } from './span.ts';
import type { Scope } from './use-health.ts';

/** Where the texts are that a figure counts. */
export function textsPath(
  { app }: Scope,
  { since, until }: Pick<Span, 'since' | 'until'> | { since?: undefined; until?: undefined },
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
