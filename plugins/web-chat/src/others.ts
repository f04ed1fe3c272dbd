import { type Clock, codeOf, type Log, type PluginContext } from '@parley/core';
import type { Audience } from './audience.ts';

/** How far back each look goes, in milliseconds: clocks differ, and what is asked for first may be committed last. */
const OVERLAP = 3_000;

/** How many messages of one chat are looked at. What is beyond comes with the next ping of its page. */
const MOST = 200;

export interface OthersOptions {
  readonly audience: Audience;
  /** Ids of the apps. */
  readonly apps: readonly string[];
  readonly messages: Pick<PluginContext['messages'], 'list'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Between two looks, in milliseconds. */
  readonly every: number;
}

/**
 * Looks into the message log for what other processes have said to visitors who are connected to this one: one query a chat and look, however
 * many there are, and none while nobody is here.
 *
 * @returns what ends it.
 */
export function lookForOthers({ audience, apps, messages, clock, log, every }: OthersOptions): () => void {
  let since = clock.now();
  let cancel = clock.setTimeout(() => void look(), every);
  let ended = false;

  async function look(): Promise<void> {
    const now = clock.now();
    try {
      if (!audience.isEmpty) for (const app of apps) await lookInto(app);
      since = now;
    } catch (error) {
      log.warn({ code: codeOf(error) }, 'The message log could not be looked at for what others have said');
    }
    if (!ended) cancel = clock.setTimeout(() => void look(), every);
  }

  async function lookInto(app: string): Promise<void> {
    const { messages: records } = await messages.list({ app, since: since - OVERLAP, limit: MOST });
    for (const record of records.toReversed()) audience.tell(record);
  }

  return () => {
    ended = true;
    cancel();
  };
}
