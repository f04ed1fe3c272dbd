import type { Message } from '@parley/api';
import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { usePages } from '../../lib/api.ts';

type Page = { readonly messages: Message[]; readonly next?: string | undefined };

/** A page that has been open for long begins anew instead of growing without end. */
const MOST_LIVE = 1_000;

/** The texts of a conversation, oldest first, as far back as was asked for; `add` takes in news. */
export function useTranscript(conversation: string) {
  const client = useQueryClient();
  const query = useMemo(() => ({ conversation, limit: 60 }), [conversation]);
  const pages = usePages('GET /messages', query);
  const messages = useMemo(
    () => inOrder((pages.data?.pages ?? []).flatMap((page) => (page as Page).messages)),
    [pages.data],
  );

  const add = useCallback(
    (news: readonly Message[]) => {
      const key = ['GET /messages', query];
      let tooLong = false;
      client.setQueryData<InfiniteData<Page>>(key, (data) => {
        if (data === undefined) return data;
        const merged = data.pages.map((page, index) => ({
          ...page,
          messages: merge(page.messages, news, { isNewest: index === 0 && isKnownBackTo(data.pages) }),
        }));
        tooLong = (merged[0]?.messages.length ?? 0) > MOST_LIVE;
        return { ...data, pages: merged };
      });
      if (tooLong) void client.resetQueries({ queryKey: key, exact: true });
    },
    [client, query],
  );

  return { pages, messages, add };
}

/** News of a text that lies before all that is loaded is for whoever asks for older ones. */
function isKnownBackTo(all: readonly Page[]): (message: Message) => boolean {
  const ids = new Set(all.flatMap((page) => page.messages.map(({ id }) => id)));
  const isAll = all.at(-1)?.next === undefined;
  const oldest = all.at(-1)?.messages.at(-1)?.at ?? 0;
  return ({ id, at }) => !ids.has(id) && (isAll || at >= oldest);
}

/** Texts with news of them in their places; the newest page takes in those that are new, ahead of all others. */
function merge(
  messages: readonly Message[],
  news: readonly Message[],
  { isNewest }: { readonly isNewest: false | ((message: Message) => boolean) },
): Message[] {
  const latest = new Map(news.map((message) => [message.id, message]));
  const kept = messages.map((message) => latest.get(message.id) ?? message);
  if (isNewest === false) return kept;
  const fresh = [...latest.values()].filter(isNewest);
  return [...fresh.reverse(), ...kept];
}

/** Oldest first; of a text and its answer within one millisecond, the text stays ahead. */
function inOrder(newestFirst: readonly Message[]): readonly Message[] {
  const byId = new Map(newestFirst.map((message) => [message.id, message]));
  return [...byId.values()].reverse().sort((one, other) => one.at - other.at);
}
