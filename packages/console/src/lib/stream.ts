import type { Activity, Message } from '@parley/api';
import { queryClient } from './api.ts';
import type { News } from './live.ts';

/** Whoever wants news of one address; several share one connection, since a browser has six for all pages of a server. */
export interface Listener {
  readonly onNews: (news: News) => void;
  /** Called with whether the stream is there, once it is known. */
  readonly onConnected: (connected: boolean) => void;
}

/** How long the stream may be away before somebody is told. */
const PATIENCE = 3_000;

/** A page that nobody looks at lets its connection go after this long. */
const UNSEEN = 60_000;

/** When to try again where the browser has given up: after an answer that is no stream. */
const AGAIN = 5_000;

/** For how long a stream outlives its last listener: the next page mostly wants it, too. All in milliseconds. */
const LINGER = 1_000;

interface Stream {
  readonly listeners: Set<Listener>;
  connected: boolean;
  leave(): void;
}

const streams = new Map<string, Stream>();

/** Hears news of this address until the answer is called. */
export function listen(url: string, listener: Listener): () => void {
  const stream = streams.get(url) ?? openStream(url);
  stream.listeners.add(listener);
  if (!stream.connected) listener.onConnected(false);
  return () => {
    stream.listeners.delete(listener);
    setTimeout(() => stream.leave(), LINGER);
  };
}

function openStream(url: string): Stream {
  const listeners = new Set<Listener>();
  let source: EventSource | undefined;
  let lost: Timer;
  let unseen: Timer;
  let again: Timer;
  let wasOpen = false;

  const setConnected = (connected: boolean): void => {
    if (stream.connected === connected) return;
    stream.connected = connected;
    for (const { onConnected } of listeners) onConnected(connected);
  };

  const tell = (news: News): void => {
    for (const { onNews } of listeners) onNews(news);
  };

  function connect(): void {
    clearTimeout(again);
    source?.close();
    const opened = new EventSource(url);
    source = opened;
    opened.addEventListener('message', ({ data }) => tell({ kind: 'message', message: JSON.parse(data) as Message }));
    opened.addEventListener('activity', ({ data }) =>
      tell({ kind: 'activity', activity: JSON.parse(data) as Activity }),
    );
    opened.addEventListener('open', () => {
      clearTimeout(lost);
      lost = undefined;
      setConnected(true);
      // Nobody has told what happened in between.
      if (wasOpen) void queryClient.invalidateQueries();
      wasOpen = true;
    });
    opened.addEventListener('error', () => {
      lost ??= setTimeout(() => setConnected(false), PATIENCE);
      if (opened.readyState !== EventSource.CLOSED) return;
      again = setTimeout(connect, AGAIN);
      // Perhaps nobody is signed in any more.
      void queryClient.invalidateQueries({ queryKey: ['GET /session'] });
    });
  }

  function look(): void {
    clearTimeout(unseen);
    if (document.hidden) {
      unseen = setTimeout(() => {
        clearTimeout(again);
        source?.close();
        source = undefined;
      }, UNSEEN);
    } else if (source === undefined) connect();
  }

  const stream: Stream = {
    listeners,
    connected: true,
    leave() {
      if (listeners.size > 0 || streams.get(url) !== stream) return;
      for (const timer of [lost, unseen, again]) clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
      source?.close();
      streams.delete(url);
    },
  };
  streams.set(url, stream);
  document.addEventListener('visibilitychange', look);
  connect();
  return stream;
}

type Timer = ReturnType<typeof setTimeout> | undefined;
