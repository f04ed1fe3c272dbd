import type { ConversationSummary, Message } from '@parley/api';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useApi, usePages } from '../../lib/api.ts';
import { useLive } from '../../lib/live.ts';
import { useRefresh } from '../../lib/refresh.ts';

/** Somebody with what was last said with them. */
export interface Recent {
  readonly conversation: string;
  readonly last: Message;
  /** What else is known of it: absent until it has been asked for. */
  readonly summary: ConversationSummary | undefined;
}

/** How many are shown at first, and each time more are asked for. */
const PART = 50;
/** As many as the API tells of at once. Who was earlier is found by number. */
const MOST_SHOWN = 100;
/** How many pages of texts are looked through for people. */
const MOST_PAGES = 8;
/** How many are kept of those of whom something was heard while the page is open. */
const MOST_LIVE = 500;

/** The people whom something was said with lately, newest first. */
export function useRecent(app: string | undefined) {
  const [most, setMost] = useState(PART);
  const query = useMemo(() => ({ limit: 200, ...(app === undefined ? {} : { app }) }), [app]);
  const pages = usePages('GET /messages', query);
  const [live, setLive] = useState<ReadonlyMap<string, Message>>(new Map());
  const all = useMemo(() => {
    const loaded = (pages.data?.pages ?? []).flatMap((page) => page.messages);
    const relevant = [...live.values()].filter((message) => app === undefined || message.app === app);
    return [...latest([...loaded.reverse(), ...relevant], new Map(), Number.POSITIVE_INFINITY).values()].sort(
      (one, other) => other.at - one.at,
    );
  }, [pages.data, live, app]);
  const shown = useMemo(() => all.slice(0, most), [all, most]);

  const summaries = useSummaries(shown);
  const isConnected = useLive(app === undefined ? {} : { app }, (news) => {
    const messages = news.flatMap((one) => (one.kind === 'message' ? [one.message] : []));
    if (messages.length > 0) setLive((known) => latest(messages, known));
    if (messages.length < news.length) summaries.refresh();
  });
  const people = useMemo(
    () =>
      shown.map(
        (last): Recent => ({ conversation: last.conversation, last, summary: summaries.known.get(last.conversation) }),
      ),
    [shown, summaries.known],
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const showMore = useCallback(() => setMost((count) => count + PART), []);
  // All texts of a page can be of a few people.
  const isShort =
    all.length < most && hasNextPage && !isFetchingNextPage && (pages.data?.pages.length ?? 0) < MOST_PAGES;
  useEffect(() => {
    if (isShort) void fetchNextPage();
  }, [isShort, fetchNextPage]);
  return {
    ...{ people, isConnected, isBusy: isFetchingNextPage },
    pages,
    more: most < MOST_SHOWN && (all.length > most || hasNextPage) ? showMore : undefined,
    isCut: most >= MOST_SHOWN && (all.length > most || hasNextPage),
  };
}

/** The last text of each conversation, bounded to those that are newest. */
function latest(
  messages: readonly Message[],
  known: ReadonlyMap<string, Message>,
  most = MOST_LIVE,
): ReadonlyMap<string, Message> {
  const all = new Map(known);
  for (const message of messages) {
    const before = all.get(message.conversation);
    // The same text again, with what became of it, takes the place of what was known.
    if (before === undefined || message.at >= before.at) all.set(message.conversation, message);
  }
  if (all.size <= most) return all;
  return new Map([...all].sort(([, one], [, other]) => other.at - one.at).slice(0, most));
}

/** How often others are asked for when other people come to the top, in milliseconds. */
const PACE = 2_000;

/** What is known of those that are shown, asked for in one go. */
function useSummaries(shown: readonly Message[]) {
  const now = useMemo(() => idsOf(shown), [shown]);
  const ids = usePaced(now, PACE);
  const asked = { query: { ids } };
  const { data } = useApi('GET /conversations', asked, { enabled: ids !== '' });
  const refresh = useRefresh(['GET /conversations', asked], PACE);
  const known = useMemo(() => new Map(data?.conversations.map((one) => [one.id, one])), [data]);
  return { known, refresh };
}

/** In an order that does not depend on who was last. */
function idsOf(shown: readonly Message[]): string {
  const ids = shown.map(({ conversation }) => conversation);
  return ids.sort().join(',');
}

/** A value that changes no more often than that. */
function usePaced<Value>(value: Value, every: number): Value {
  const [paced, setPaced] = useState(value);
  const changedAt = useRef(0);
  useEffect(() => {
    const change = (): void => {
      changedAt.current = performance.now();
      setPaced(value);
    };
    const wait = changedAt.current + every - performance.now();
    if (changedAt.current === 0 || wait <= 0) return change();
    const timer = setTimeout(change, wait);
    return () => clearTimeout(timer);
  }, [value, every]);
  return paced;
}
