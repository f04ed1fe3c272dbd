import type { Activity, Message } from '@parley/api';
import { useEffect, useEffectEvent, useState } from 'react';
import { urlOf } from './client.ts';

/** Something that has just become true. */
export type News =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'activity'; readonly activity: Activity };

/** News come in bundles, so that 500 texts a second are four renderings a second. In milliseconds. */
const BUNDLE = 250;

/** How long the stream may be away before somebody is told. */
const PATIENCE = 3_000;

/** Calls `onNews` with what has become true, in bundles; answers whether the stream is there. */
export function useLive(
  filter: { readonly app?: string; readonly conversation?: string },
  onNews: (news: readonly News[]) => void,
): boolean {
  const [connected, setConnected] = useState(true);
  const hear = useEffectEvent(onNews);
  const url = urlOf('GET /events', { query: filter });
  useEffect(() => {
    let waiting: News[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lost: ReturnType<typeof setTimeout> | undefined;
    const source = new EventSource(url);
    const add = (news: News): void => {
      waiting.push(news);
      timer ??= setTimeout(() => {
        timer = undefined;
        const bundle = waiting;
        waiting = [];
        hear(bundle);
      }, BUNDLE);
    };
    source.addEventListener('message', ({ data }) => {
      if (data !== '') add({ kind: 'message', message: JSON.parse(data) as Message });
    });
    source.addEventListener('activity', ({ data }) =>
      add({ kind: 'activity', activity: JSON.parse(data) as Activity }),
    );
    source.addEventListener('open', () => {
      clearTimeout(lost);
      lost = undefined;
      setConnected(true);
    });
    source.addEventListener('error', () => {
      lost ??= setTimeout(() => setConnected(false), PATIENCE);
    });
    return () => {
      clearTimeout(timer);
      clearTimeout(lost);
      source.close();
    };
  }, [url]);
  return connected;
}
