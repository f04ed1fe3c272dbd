import type { Health } from '@parley/api';
import { useApi } from '../../lib/api.ts';
import { useLive } from '../../lib/live.ts';
import { useRefresh } from '../../lib/refresh.ts';
import { type Span, spanBefore } from './span.ts';

/** While texts come, totals are asked for again this often at most; and so often at least, as lag needs no news. In milliseconds. */
const EVERY = 2_000;
const AT_LEAST = 30_000;

export interface Scope {
  readonly app?: string;
  readonly ours?: string;
}

/** How texts are doing in a span, and how they were in the one before. Follows the news. */
export function useHealth(scope: Scope, span: Span) {
  const asked = { query: { ...scope, since: span.since, until: span.until } };
  const health = useApi('GET /health', asked, { refetchInterval: AT_LEAST });
  const before = useApi('GET /health', { query: { ...scope, ...spanBefore(span) } });
  const refresh = useRefresh(['GET /health', asked], EVERY);
  useLive(scope.app === undefined ? {} : { app: scope.app }, refresh);
  return {
    ...{ health, before: before.isPlaceholderData ? undefined : (before.data satisfies Health | undefined) },
  };
}
