import type { HistoryPage, ShownMessage } from '../../src/protocol.ts';
import type { Unsent } from './memory.ts';

/** A message as it stands on the page. */
export interface Entry extends ShownMessage {
  /** Of the visitor's own: on its way, on the server's disk, or never taken. */
  readonly state?: 'sending' | 'delivered' | 'failed';
}

/** What was said, as far as this page knows. */
export class Conversation {
  readonly #said = new Map<string, ShownMessage>();
  readonly #unsent = new Map<string, Unsent & { readonly failed?: true }>();
  /** Where to go on to read what was said before. */
  more: string | undefined;

  /** Takes in the newest page, after connecting. When it does not reach back to what is known, what lies between is unknown. */
  begin({ messages, more }: HistoryPage): void {
    const isKnown = messages.some(({ id }) => this.#said.has(id));
    if (!isKnown && more !== undefined) this.#said.clear();
    if (!isKnown) this.more = more;
    this.add(messages);
  }

  /** Takes in an older page. */
  extend({ messages, more }: HistoryPage): void {
    this.more = more;
    this.add(messages);
  }

  /** Adds what is new, and what the server knows better. */
  add(messages: readonly ShownMessage[]): void {
    for (const message of messages) {
      this.#said.set(message.id, message);
      this.#unsent.delete(message.id);
    }
  }

  write(text: Unsent): void {
    this.#unsent.set(text.id, text);
  }

  /** The server has it. Its own word for when comes by itself, or has come. */
  accepted(id: string): void {
    const text = this.#unsent.get(id);
    if (text === undefined) return;
    this.#unsent.delete(id);
    if (!this.#said.has(id)) this.#said.set(id, { ...text, from: 'visitor', media: [] });
  }

  failed(id: string): void {
    const text = this.#unsent.get(id);
    if (text !== undefined) this.#unsent.set(id, { ...text, failed: true });
  }

  /** Takes back a text that was never taken, to write it anew. */
  withdraw(id: string): void {
    this.#unsent.delete(id);
  }

  /** Somebody new is writing: nothing of what was said is theirs. */
  forget(): void {
    this.#said.clear();
    this.more = undefined;
  }

  /** Everything, oldest first; what is on its way comes last. */
  get entries(): readonly Entry[] {
    const said = [...this.#said.values()]
      .sort((one, other) => one.at - other.at)
      .map((message): Entry => (message.from === 'visitor' ? { ...message, state: 'delivered' } : message));
    const unsent = [...this.#unsent.values()].map(
      ({ failed, ...text }): Entry => ({ ...text, from: 'visitor', media: [], state: failed ? 'failed' : 'sending' }),
    );
    return [...said, ...unsent];
  }

  /** How many messages have come since a moment. */
  unread(since: number): number {
    return [...this.#said.values()].filter(({ from, at }) => from !== 'visitor' && at > since).length;
  }

  /** When the newest message has come; 0 when none has. */
  get newestAt(): number {
    return Math.max(0, ...[...this.#said.values()].filter(({ from }) => from !== 'visitor').map(({ at }) => at));
  }
}
