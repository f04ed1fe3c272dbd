import type { Engine } from '@parley/core';
import type { Context } from 'koa';
import { activityView } from './views/conversation.ts';
import type { Lens } from './views/message.ts';
import { messageView } from './views/message.ts';

/** Proxies and browsers drop connections on which nothing moves. In milliseconds. */
const HEARTBEAT = 15_000;

/** A page that does not read is cut off and will connect again. In bytes. */
const MOST_UNREAD = 4 * 1024 * 1024;

export interface EventFilter {
  readonly app?: string | undefined;
  /** Its key. */
  readonly conversation?: string | undefined;
}

/** News as server-sent events, each listener's own way of seeing them. */
export interface Events {
  open(context: Context, filter: EventFilter, lens: Lens): void;
}

export function createEvents(engine: Engine, signal: AbortSignal): Events {
  const streams = new Set<Context['res']>();
  signal.addEventListener('abort', () => {
    for (const stream of streams) stream.end();
  });
  return {
    open(context, filter, lens) {
      const stream = context.res;
      context.respond = false;
      stream.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      });
      stream.write('retry: 2000\n\n');
      const send = (event: string, data: unknown): void => {
        if (stream.writableLength > MOST_UNREAD) stream.destroy();
        else stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      };
      const unsubscribe = engine.subscribe((news) => {
        const subject = news.kind === 'message' ? news.message : news.activity;
        if (filter.app !== undefined && subject.app !== filter.app) return;
        if (filter.conversation !== undefined && subject.conversation !== filter.conversation) return;
        if (news.kind === 'message') send('message', messageView(news.message, lens));
        else send('activity', activityView(news.activity, lens));
      });
      const beat = setInterval(() => stream.write(': still here\n\n'), HEARTBEAT);
      streams.add(stream);
      stream.on('close', () => {
        clearInterval(beat);
        unsubscribe();
        streams.delete(stream);
      });
      if (signal.aborted) stream.end();
    },
  };
}
