import { maskKey } from './address.ts';
import type { ConversationDocument, ParkedEvent } from './document.ts';
import type { Log } from './runtime.ts';
import type { TurnCommit } from './storage.ts';

/**
 * Writes a line for all that a bot could not take in.
 *
 * @param tells whether the line may hold what the bot threw, which can have a person's words in it: in development
 */
export function logTrouble(log: Log, { document, activity }: TurnCommit, tells: boolean): void {
  for (const { kind, bot, name } of activity) {
    if (kind !== 'parked' && kind !== 'halted') continue;
    log.error(
      {
        conversation: maskKey(document.key),
        ...(bot === undefined ? {} : { bot }),
        code: name,
        ...knownOf(document, kind, tells),
      },
      kind === 'halted'
        ? 'a conversation stands still until an operator retries, or a deploy mends it'
        : 'a bot could not take something in; it is parked',
    );
  }
}

/** Where it was thrown, which holds nobody's words, and what. */
function knownOf({ halted, parked }: ConversationDocument, kind: 'parked' | 'halted', tells: boolean) {
  const { reason, where }: Partial<ParkedEvent> = (kind === 'halted' ? halted : parked?.at(-1)) ?? {};
  return { ...(where === undefined ? {} : { where }), ...(tells && reason !== undefined ? { reason } : {}) };
}
