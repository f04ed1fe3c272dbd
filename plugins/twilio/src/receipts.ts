import type { MessageId, SendReceipt } from '@parley/core';

/**
 * Remembers which of Twilio's messages are which of ours, for the last that went through this process: an answer or a
 * callback that named both makes the listing needless, and keeps one text from being taken for its equal.
 */
export interface Receipts {
  remember(id: MessageId, receipt: SendReceipt): void;
  of(id: MessageId): SendReceipt | undefined;
  /** Whether this message of Twilio's is known to be another than ours of this id. */
  belongsToAnother(sid: string, id: MessageId): boolean;
}

/** Some 200 bytes each: 2 MB. */
const KEPT = 10_000;

export function createReceipts(kept: number = KEPT): Receipts {
  const byId = new Map<MessageId, SendReceipt>();
  const owners = new Map<string, MessageId>();
  return {
    remember(id, receipt) {
      byId.delete(id);
      byId.set(id, receipt);
      owners.set(receipt.providerId, id);
      if (byId.size <= kept) return;
      for (const [oldest, { providerId }] of byId) {
        byId.delete(oldest);
        owners.delete(providerId);
        break;
      }
    },
    of: (id) => byId.get(id),
    belongsToAnother(sid, id) {
      const owner = owners.get(sid);
      return owner !== undefined && owner !== id;
    },
  };
}
