import type { Activity } from '@parley/api';
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { type ApiError, call } from '../../lib/client.ts';

interface Page {
  readonly activity: Activity[];
  readonly next?: string | undefined;
}

/** Steps hold whole machines: a page that has been open for long begins anew instead of growing without end. */
const MOST_LIVE = 500;

/** What happened in a conversation besides texts, newest first; `add` takes in news. */
export function useLog(conversation: string) {
  const client = useQueryClient();
  const key = useMemo(() => ['GET /conversations/:conversation/activity', 'pages', conversation], [conversation]);
  const pages = useInfiniteQuery<Page, ApiError, InfiniteData<Page>, unknown[], string | undefined>({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      call(
        'GET /conversations/:conversation/activity',
        { params: { conversation }, query: { limit: 60, ...(pageParam === undefined ? {} : { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: undefined,
    getNextPageParam: ({ next }) => next,
  });
  const entries = useMemo(() => unique((pages.data?.pages ?? []).flatMap(({ activity }) => activity)), [pages.data]);

  const add = useCallback(
    (news: readonly Activity[]) => {
      let tooLong = false;
      client.setQueryData<InfiniteData<Page>>(key, (data) => {
        const [first, ...rest] = data?.pages ?? [];
        if (data === undefined || first === undefined) return data;
        const activity = unique([...news.toReversed(), ...first.activity]);
        tooLong = activity.length > MOST_LIVE;
        return { ...data, pages: [{ ...first, activity }, ...rest] };
      });
      if (tooLong) void client.resetQueries({ queryKey: key, exact: true });
    },
    [client, key],
  );

  return { pages, entries, add };
}

/** Ids sort by time, also within a millisecond. */
function unique(newestFirst: readonly Activity[]): Activity[] {
  const byId = new Map(newestFirst.map((entry) => [entry.id, entry]));
  return [...byId.values()].sort((one, other) => (one.id < other.id ? 1 : -1));
}
