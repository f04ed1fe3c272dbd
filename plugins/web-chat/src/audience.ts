import type { ConversationKey, MessageRecord } from '@parley/core';
import type { Connection } from './connection.ts';

/** Who is connected to this process, by conversation: a visitor may have several windows open. */
export class Audience {
  readonly #connections = new Map<ConversationKey, Set<Connection>>();

  join(key: ConversationKey, connection: Connection): void {
    const connections = this.#connections.get(key) ?? new Set();
    this.#connections.set(key, connections.add(connection));
  }

  leave(key: ConversationKey, connection: Connection): void {
    const connections = this.#connections.get(key);
    connections?.delete(connection);
    if (connections?.size === 0) this.#connections.delete(key);
  }

  /** Shows a message in all windows of its conversation. */
  tell(record: MessageRecord): void {
    for (const connection of this.#connections.get(record.conversation) ?? []) connection.tell(record);
  }

  /** Whether anybody is here. */
  get isEmpty(): boolean {
    return this.#connections.size === 0;
  }
}
