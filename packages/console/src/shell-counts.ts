import { useApi } from './lib/api.ts';
import type { News } from './lib/live.ts';
import { useRefresh } from './lib/refresh.ts';

/** Up to how many are counted: more is too many anyway. */
const MOST = 99;

/** They are asked for again at most, and at least, this often; in milliseconds. */
const EVERY = 10_000;
const AT_LEAST = 120_000;

/** What changes one of the counts. */
const KINDS = new Set(['handoff', 'resumed', 'parked', 'halted', 'retried', 'skipped', 'journey.ended']);

const INBOX = { query: { handedOver: 'true', limit: MOST + 1 } };
const PARKED = { query: { parked: 'true', limit: MOST + 1 } };

export interface Counts {
  /** Conversations that people have, by the page that lists them: `3`, `99+`. */
  readonly of: Readonly<Record<string, string | undefined>>;
  /** To be told the news. */
  readonly hear: (news: readonly News[]) => void;
}

/** How much waits for somebody. */
export function useCounts(): Counts {
  const options = { refetchInterval: AT_LEAST };
  const inbox = useApi('GET /conversations', INBOX, options);
  const parked = useApi('GET /conversations', PARKED, options);
  const refreshInbox = useRefresh(['GET /conversations', INBOX], EVERY);
  const refreshParked = useRefresh(['GET /conversations', PARKED], EVERY);
  return {
    of: {
      '/inbox': countText(inbox.data?.conversations.length),
      '/parked': countText(parked.data?.conversations.length),
    },
    hear(news) {
      if (!news.some((one) => one.kind === 'activity' && KINDS.has(one.activity.kind))) return;
      refreshInbox();
      refreshParked();
    },
  };
}

function countText(count: number | undefined): string | undefined {
  if (count === undefined || count === 0) return undefined;
  return count > MOST ? `${MOST}+` : String(count);
}
