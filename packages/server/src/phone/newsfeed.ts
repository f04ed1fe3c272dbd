import { randomUUID } from 'node:crypto';
import type { Engine, Log } from '@parley/core';
import type { Context } from 'koa';
import { emulatorsOf } from './emulators.ts';
import { fromHandset, fromRecord, type PhoneMessage } from './message.ts';

/** How many events a page that lost its connection can catch up on; beyond that it reads its threads again. */
const REMEMBERED = 500;
/** Proxies and browsers drop connections on which nothing moves. */
const HEARTBEAT = 15_000;
/** A page that does not read is cut off and will connect again. */
const MOST_UNREAD = 1024 * 1024;

interface Entry {
  readonly number: number;
  readonly line: string;
}

/** Tells pages, as server-sent events, of every message and status change on emulated transports. */
export interface Newsfeed {
  /** Answers with an event stream that lasts until either side ends it. */
  open(context: Context): void;
}

export function createNewsfeed(engine: Engine, options: { readonly log: Log; readonly signal: AbortSignal }): Newsfeed {
  const { log, signal } = options;
  // Ids of events mean nothing to the process that comes after this one.
  const boot = randomUUID().slice(0, 8);
  const entries: Entry[] = [];
  const pages = new Set<Context['res']>();
  const unsubscribe = new Map<string, () => void>();
  let last = 0;

  function publish(message: PhoneMessage): void {
    last += 1;
    const entry = { number: last, line: `id: ${boot}-${last}\nevent: message\ndata: ${JSON.stringify(message)}\n\n` };
    entries.push(entry);
    if (entries.length > REMEMBERED) entries.shift();
    for (const page of pages) write(page, entry.line);
  }

  function write(page: Context['res'], line: string): void {
    if (page.writableLength > MOST_UNREAD) page.destroy();
    else page.write(line);
  }

  /** The engine has no emulators before it was started, so this waits for the first page. */
  function subscribe(): void {
    for (const [name, emulator] of emulatorsOf(engine)) {
      if (unsubscribe.has(name)) continue;
      unsubscribe.set(
        name,
        emulator.subscribe((handset) => {
          const message = fromHandset(engine.organization, handset);
          if (message !== undefined) publish(message);
        }),
      );
    }
    if (unsubscribe.size === 0 || unsubscribe.has('')) return;
    unsubscribe.set(
      '',
      engine.subscribe((news) => {
        // What has reached the provider is told of by the emulator, as the phone shows it.
        if (news.kind !== 'message' || news.message.providerId !== undefined) return;
        const app = engine.organization.apps.find(({ id }) => id === news.message.app);
        if (app === undefined || !unsubscribe.has(app.transport)) return;
        const message = fromRecord(news.message);
        if (message !== undefined) publish(message);
      }),
    );
  }

  /** The events after `id`; `undefined` when it is not known any more. */
  function since(id: string): readonly Entry[] | undefined {
    const [from, number] = id.split('-');
    const seen = Number(number);
    if (from !== boot || !Number.isInteger(seen) || seen > last) return undefined;
    if (seen < last - entries.length) return undefined;
    return entries.filter((entry) => entry.number > seen);
  }

  signal.addEventListener('abort', () => {
    for (const stop of unsubscribe.values()) stop();
    for (const page of pages) page.end();
  });

  return {
    open(context) {
      subscribe();
      const page = context.res;
      context.respond = false;
      page.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      });
      const missed = since(String(context.req.headers['last-event-id'] ?? ''));
      page.write(
        `retry: 1000\nid: ${boot}-${last}\nevent: ready\ndata: ${JSON.stringify({ resumed: missed !== undefined })}\n\n`,
      );
      for (const entry of missed ?? []) page.write(entry.line);
      pages.add(page);
      const beat = setInterval(() => write(page, ': still here\n\n'), HEARTBEAT);
      page.on('close', () => {
        clearInterval(beat);
        pages.delete(page);
      });
      if (signal.aborted) page.end();
      log.debug({ pages: pages.size }, 'A phone page is listening');
    },
  };
}
