import type { News } from './engine-contract.ts';
import { codeOf } from './errors.ts';
import type { MessageRecord, MessageStatus } from './message.ts';
import type { PluginDriver } from './plugin-driver.ts';
import type { Log } from './runtime.ts';
import type { TurnCommit } from './storage.ts';

/** Tells listeners and observing plugins what has just become true. */
export interface Feed {
  subscribe(listener: (news: News) => void): () => void;
  /** Whether anybody would hear that a message has this status. */
  hasAudienceFor(status: MessageStatus): boolean;
  announce(commit: Pick<TurnCommit, 'messages' | 'activity'>): void;
  message(message: MessageRecord): void;
}

/** @param track is given the work of observers, so that somebody can wait for it. */
export function createFeed(plugins: PluginDriver, log: Log, track: (work: Promise<unknown>) => void): Feed {
  const listeners = new Set<(news: News) => void>();
  const observesMessages = plugins.has('observeMessage');
  const observesActivity = plugins.has('observeActivity');

  /** A listener may be an async function, too. */
  async function tellOne(listener: (news: News) => unknown, news: News): Promise<void> {
    try {
      await listener(news);
    } catch (error) {
      log.error({ code: codeOf(error) }, 'a listener failed');
    }
  }

  function tell(news: News): void {
    for (const listener of listeners) void tellOne(listener, news);
  }

  function message(record: MessageRecord): void {
    tell({ kind: 'message', message: record });
    if (observesMessages) track(plugins.observe('observeMessage', record));
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hasAudienceFor: (status) => listeners.size > 0 || plugins.observes(status),
    announce({ messages, activity }) {
      for (const record of messages) message(record);
      for (const entry of activity) {
        tell({ kind: 'activity', activity: entry });
        if (observesActivity) track(plugins.observe('observeActivity', entry));
      }
    },
    message,
  };
}
