import type { Message, QueryOf } from '@parley/api';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { usePages } from '../../lib/api.ts';
import { useLive } from '../../lib/live.ts';
import { hear, type Loaded, MOST_HEARD, NOTHING_HEARD, NOTHING_LOADED, release, rowsOf, settle } from './feed.ts';

const PAGE = 100;

/** So many are shown at most; whoever wants older ones goes on from there. */
export const MOST_ROWS = 5_000;

/** For how long the first page is not asked for again, in milliseconds: a server in trouble is left in peace. */
const PAUSE = 1_000;

/** The texts that match, newest first, older ones on demand, and kept true by the stream. */
export function useFeed(query: QueryOf<'GET /messages.csv'>, hold: boolean) {
  const asked = useMemo(() => ({ ...query, limit: PAGE }), [query]);
  const pages = usePages('GET /messages', asked, { refetchOnWindowFocus: false, keepPrevious: true });
  const isCurrent = !pages.isPlaceholderData;
  const answered = useLoaded(pages.data?.pages, pages.hasNextPage);
  const loaded = isCurrent ? answered : NOTHING_LOADED;
  const [feed, setFeed] = useState(NOTHING_HEARD);

  // Another question, other news.
  const [of, setOf] = useState(asked);
  if (of !== asked) {
    setOf(asked);
    setFeed(NOTHING_HEARD);
  }

  // The pages have been asked for again.
  const [settled, setSettled] = useState(loaded);
  if (settled !== loaded) {
    setSettled(loaded);
    setFeed((current) => settle(current, loaded));
  }

  if (!hold && feed.waiting.size > 0 && !feed.overflow) setFeed(release);

  const connected = useLive(liveFilter(query), (news) => {
    const messages = news.flatMap((one) => (one.kind === 'message' ? one.message : []));
    if (messages.length > 0) setFeed((current) => hear(current, messages, { loaded, query, hold }));
  });

  const isFull = feed.overflow || feed.heard.size - loaded.ids.size > MOST_HEARD;
  useStartAgain(isFull && !hold && isCurrent, asked, () => setFeed(release));

  const rows = useMemo(
    () => (isCurrent ? rowsOf(feed, { loaded, query }) : answered.messages),
    [isCurrent, feed, loaded, query, answered],
  );
  return { rows, waiting: feed.waiting.size, overflow: feed.overflow, connected, pages, isCurrent };
}

/** Whoever looks at the newest needs no older pages: keeps the first alone, and has it asked for again. */
function useStartAgain(isNeeded: boolean, asked: QueryOf<'GET /messages'>, onDone: () => void): void {
  const client = useQueryClient();
  const notBefore = useRef(0);
  useEffect(() => {
    if (!isNeeded || performance.now() < notBefore.current) return;
    notBefore.current = Number.POSITIVE_INFINITY;
    const queryKey = ['GET /messages', asked];
    client.setQueryData(queryKey, firstOnly);
    void client.invalidateQueries({ queryKey, exact: true }).then(() => {
      notBefore.current = performance.now() + PAUSE;
      if (client.getQueryState(queryKey)?.status === 'success') onDone();
    });
  });
}

interface Pages {
  readonly pages: readonly unknown[];
  readonly pageParams: readonly unknown[];
}

/** Whoever looks at the newest needs no older pages. */
function firstOnly(data: Pages | undefined): Pages | undefined {
  return data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) };
}

function useLoaded(pages: readonly { readonly messages: readonly Message[] }[] | undefined, more: boolean): Loaded {
  return useMemo(() => {
    // A text may be on two pages, when others have come between the two questions.
    const found = new Map((pages ?? []).flatMap(({ messages }) => messages.map((message) => [message.id, message])));
    return { messages: [...found.values()], ids: new Set(found.keys()), more };
  }, [pages, more]);
}

function liveFilter({ app, conversation }: QueryOf<'GET /messages.csv'>) {
  return { ...(app === undefined ? {} : { app }), ...(conversation === undefined ? {} : { conversation }) };
}
