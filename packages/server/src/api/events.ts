import type { Engine, News } from '@parley/core';
import type { Context } from 'koa';
import { activityView } from './views/conversation.ts';
import type { Lens } from './views/lens.ts';
import { messageView } from './views/message.ts';

/** Proxies and browsers drop connections on which nothing moves. In milliseconds. */
const HEARTBEAT = 15_000;

/** How many streams are open at most: each makes work for every message. */
const MOST = { all: 1_000, each: 100 };

/** A page that does not read is cut off and will connect again. In bytes. */
const MOST_UNREAD = 1024 * 1024;

export interface EventFilter {
  readonly app?: string | undefined;
  /** Its key. */
  readonly conversation?: string | undefined;
}

/** Somebody who listens. */
export interface Listening {
  readonly filter: EventFilter;
  readonly lens: Lens;
  /** Who it is. */
  readonly name: string;
  /** Whether they still may: they can have signed out, or their session can have run out. */
  readonly mayStay: () => Promise<boolean>;
}

/** News as server-sent events, each listener's own way of seeing them. */
export interface Events {
  /** Refuses with 429 whoever opens too many. */
  open(context: Context, listening: Listening): void;
}

export function createEvents(engine: Engine, signal: AbortSignal): Events {
  const streams = new Map<Context['res'], string>();
  signal.addEventListener('abort', () => {
    for (const stream of streams.keys()) stream.end();
  });

  /** The same for all who are shown the same: a hundred streams must not make a text a hundred times as dear. */
  const frames = new WeakMap<News, Map<boolean, string>>();

  function frameOf(news: News, lens: Lens): string {
    const made = frames.get(news) ?? new Map<boolean, string>();
    frames.set(news, made);
    const frame = made.get(lens.masking.hides) ?? frameFor(news, lens);
    made.set(lens.masking.hides, frame);
    return frame;
  }

  function requireRoom(context: Context, name: string): void {
    const own = [...streams.values()].filter((other) => other === name).length;
    if (streams.size >= MOST.all || own >= MOST.each) context.throw(429, 'too many streams of events are open');
  }

  return {
    open(context, { filter, lens, name, mayStay }) {
      // Whoever asks for the head of a stream would wait for its end.
      if (context.method === 'HEAD') {
        context.status = 200;
        return;
      }
      requireRoom(context, name);
      const stream = context.res;
      context.respond = false;
      stream.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      });
      stream.write('retry: 2000\n\n');
      const write = (text: string): void => {
        if (stream.writableLength > MOST_UNREAD) stream.destroy();
        // One that was ended is not closed before its client has read it all.
        else if (!stream.writableEnded) stream.write(text);
      };
      const unsubscribe = engine.subscribe((news) => {
        const subject = news.kind === 'message' ? news.message : news.activity;
        if (filter.app !== undefined && subject.app !== filter.app) return;
        if (filter.conversation !== undefined && subject.conversation !== filter.conversation) return;
        write(frameOf(news, lens));
      });
      const beat = setInterval(async () => {
        // A storage that fails for a moment is no reason to cut anybody off.
        if (await mayStay().catch(() => true)) write(': still here\n\n');
        else stream.end();
      }, HEARTBEAT);
      streams.set(stream, name);
      stream.on('close', () => {
        clearInterval(beat);
        unsubscribe();
        streams.delete(stream);
      });
      if (signal.aborted) stream.end();
    },
  };
}

function frameFor(news: News, lens: Lens): string {
  const data = news.kind === 'message' ? messageView(news.message, lens) : activityView(news.activity, lens);
  return `event: ${news.kind}\ndata: ${JSON.stringify(data)}\n\n`;
}
