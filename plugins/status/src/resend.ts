import { codeOf, type MessageId, type MessageRecord, type PluginContext } from '@parley/core';

export interface ResendOptions {
  /** How long to wait before each further message, in milliseconds; as many as there are. Default 10 minutes and 2 hours. */
  readonly waits: readonly number[];
}

/** How long it is remembered of which text a message is a repetition. */
const REMEMBERED = 7 * 24 * 3_600_000;

/**
 * Sends texts again that the provider had accepted and that failed on their way, where its code says that they may get through later.
 * Each is a new message: it is looked at by all policies, counts against caps, and waits in the outbox of its conversation.
 */
export function createResender(
  { keyv, claim, clock, log, newId, explain, resendMessage }: PluginContext,
  { waits }: ResendOptions,
): { observe(message: MessageRecord): Promise<void> } {
  async function observe(message: MessageRecord): Promise<void> {
    if (!failedOnItsWay(message) || explain(message, message.error.code)?.retry !== 'later') return;
    const count = (await keyv.get<number>(nameOf(message.id))) ?? 0;
    const wait = waits[count];
    if (wait === undefined) return;
    // Told of twice, or by two processes, it is still one failure.
    const self = newId();
    if ((await claim(nameOf(message.id), self, REMEMBERED)) !== self) return;
    try {
      const again = await resendMessage(message.id, { at: clock.now() + wait });
      await keyv.set(nameOf(again.message), count + 1, REMEMBERED);
      log.info({ message: message.id, again: again.message, code: message.error.code }, 'a text is sent again');
    } catch (error) {
      log.warn({ message: message.id, code: codeOf(error) }, 'a text could not be sent again');
    }
  }
  return { observe };
}

type Failed = MessageRecord & { readonly error: NonNullable<MessageRecord['error']> };

/** What failed before the provider had accepted it has been tried as often as makes sense. */
function failedOnItsWay(message: MessageRecord): message is Failed {
  return (
    message.direction === 'outbound' &&
    message.status === 'failed' &&
    message.error !== undefined &&
    message.providerId !== undefined
  );
}

function nameOf(id: MessageId): string {
  return `resent:${id}`;
}
