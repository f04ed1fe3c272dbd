import { codeOf, type MessageId, type MessageRecord, type MessageStatus, type PluginContext } from '@parley/core';

/** How messages are found that nobody reports on. All in milliseconds. */
export interface ReconcileOptions {
  /** How often it is looked for them. Default an hour. */
  readonly every: number;
  /** How long a text may be `sent` without anything further. Default 72 hours, after which carriers report no more. */
  readonly silentFor: number;
  /** How long a text may be `pending` at the provider: its queues keep it for 10 hours. Default 11 hours. */
  readonly pendingFor: number;
  /** When one of which the provider knows nothing new is asked about again. Default 24 hours. */
  readonly askAgainAfter: number;
  /** Those that are older than this are asked about no more. Default 14 days. */
  readonly giveUpAfter: number;
}

/** How many messages are read at a time. */
const PAGE = 100;

/** Asks the provider about texts that are stuck, every so often; one process at a time does it. */
export function createReconciler(
  { keyv, claim, clock, log, newId, messages, refreshMessage }: PluginContext,
  { every, silentFor, pendingFor, askAgainAfter, giveUpAfter }: ReconcileOptions,
): { start(): () => void } {
  const self = newId();
  let cancel = (): void => {};
  let stopped = false;

  function plan(): void {
    if (!stopped) cancel = clock.setTimeout(() => void round(), every);
  }

  async function round(): Promise<void> {
    try {
      if ((await claim('reconcile', self, every)) === self) {
        await askAbout('sent', silentFor);
        await askAbout('pending', pendingFor);
      }
    } catch (error) {
      log.error({ code: codeOf(error) }, 'stuck texts could not be looked for; trying again later');
    }
    plan();
  }

  async function askAbout(status: MessageStatus, age: number): Promise<void> {
    const now = clock.now();
    let cursor: string | undefined;
    do {
      const page = await messages.list({
        ...{ status, direction: 'outbound', since: now - giveUpAfter, until: now - age, limit: PAGE },
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const message of page.messages) {
        if (stopped) return;
        await ask(message);
      }
      cursor = page.next;
    } while (cursor !== undefined);
  }

  /** One that the provider has not accepted is in its conversation's outbox, or in doubt: it can not be asked about. */
  async function ask({ id, status, providerId }: MessageRecord): Promise<void> {
    if (providerId === undefined || (await keyv.get(nameOf(id))) !== undefined) return;
    try {
      const known = await refreshMessage(id);
      if (known.status !== status) {
        return log.info({ message: id, before: status, now: known.status }, 'a stuck text is settled');
      }
    } catch (error) {
      log.warn({ message: id, code: codeOf(error) }, 'the provider could not be asked about a text');
    }
    await keyv.set(nameOf(id), true, askAgainAfter);
  }

  return {
    start() {
      plan();
      return () => {
        stopped = true;
        cancel();
      };
    },
  };
}

function nameOf(id: MessageId): string {
  return `asked:${id}`;
}
