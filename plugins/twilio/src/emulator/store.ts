import { isFinal } from '../statuses.ts';
import type { EmulatedMessage } from './message.ts';

/** The messages of the account, oldest first, in bounded memory. */
export interface MessageStore {
  add(message: EmulatedMessage): void;
  /** Replaces parts of a message; `undefined` when it is gone. */
  update(sid: string, patch: Partial<EmulatedMessage>): EmulatedMessage | undefined;
  get(sid: string): EmulatedMessage | undefined;
  remove(sid: string): void;
  all(): readonly EmulatedMessage[];
}

export function createMessageStore(keep: number): MessageStore {
  const messages = new Map<string, EmulatedMessage>();

  function makeRoom(): void {
    if (messages.size <= keep) return;
    for (const message of messages.values()) {
      if (!isDone(message)) continue;
      messages.delete(message.sid);
      return;
    }
    // All are still on their way: the oldest goes nevertheless, memory is bounded before all else.
    for (const sid of messages.keys()) {
      messages.delete(sid);
      return;
    }
  }

  return {
    add(message) {
      messages.set(message.sid, message);
      makeRoom();
    },
    update(sid, patch) {
      const message = messages.get(sid);
      if (message === undefined) return undefined;
      const updated = { ...message, ...patch };
      messages.set(sid, updated);
      return updated;
    },
    get: (sid) => messages.get(sid),
    remove: (sid) => {
      messages.delete(sid);
    },
    all: () => [...messages.values()],
  };
}

function isDone(message: EmulatedMessage): boolean {
  return message.direction === 'inbound' || isFinal(message.status);
}
