import type { Activity, Message } from '@parley/api';
import { useEffect, useEffectEvent, useState } from 'react';
import { urlOf } from './client.ts';
import { listen } from './stream.ts';

/** Something that has just become true. */
export type News =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'activity'; readonly activity: Activity };

/** News come in bundles, so that 500 texts a second are four renderings a second. In milliseconds. */
const BUNDLE = 250;

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
    const add = (news: News): void => {
      waiting.push(news);
      timer ??= setTimeout(() => {
        timer = undefined;
        const bundle = waiting;
        waiting = [];
        hear(bundle);
      }, BUNDLE);
    };
    const leave = listen(url, { onNews: add, onConnected: setConnected });
    return () => {
      clearTimeout(timer);
      leave();
    };
  }, [url]);
  return connected;
}
