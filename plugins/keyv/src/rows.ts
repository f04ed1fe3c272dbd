import { type ConversationKey, codeOf, type Log, maskKey } from '@parley/core';
import { type ActivityCell, type MessageCell, nameOf } from './cell.ts';
import type { Cells } from './cells.ts';

export type RowCell = MessageCell | ActivityCell;

/**
 * The cells of messages and activity. What a turn wrote is already in its conversation's cell, so a copy that fails
 * loses nothing: it is kept here, read from here, and goes along with the conversation's next turn.
 */
export class Rows {
  readonly #cells: Cells;
  readonly #log: Log;
  readonly #waiting = new Map<string, RowCell>();

  constructor(cells: Cells, log: Log) {
    this.#cells = cells;
    this.#log = log;
  }

  async get<Kind extends RowCell>(name: string): Promise<Kind | undefined> {
    // A copy, because the caller may keep what it reads.
    const waiting = this.#waiting.get(name);
    return waiting === undefined ? this.#cells.get<Kind>(name) : (structuredClone(waiting) as Kind);
  }

  async getMany<Kind extends RowCell>(names: readonly string[]): Promise<readonly Kind[]> {
    const stored = await this.#cells.getMany<Kind>(names);
    const found = names.map((name, index) => {
      const waiting = this.#waiting.get(name);
      return waiting === undefined ? stored[index] : (structuredClone(waiting) as Kind);
    });
    return found.filter((cell) => cell !== undefined);
  }

  /** Writes a cell that is nowhere else yet. */
  async put(cell: RowCell): Promise<void> {
    await this.#cells.set(nameOf(cell), cell);
    this.#waiting.delete(nameOf(cell));
  }

  async deleteMany(names: readonly string[]): Promise<void> {
    await this.#cells.deleteMany(names);
    for (const name of names) this.#waiting.delete(name);
  }

  /** Copies what a conversation's cell holds already. Never rejects. */
  async copy(conversation: ConversationKey, rows: readonly RowCell[]): Promise<void> {
    await Promise.all(
      rows.map(async (row) => {
        try {
          await this.put(row);
        } catch (error) {
          this.#waiting.set(nameOf(row), structuredClone(row));
          this.#log.warn(
            { conversation: maskKey(conversation), kind: row.parley, code: codeOf(error) },
            'A row could not be copied out of its conversation; it is tried again with the next turn.',
          );
        }
      }),
    );
  }

  /** What is still to be copied of one conversation. */
  waiting(conversation: ConversationKey): readonly RowCell[] {
    if (this.#waiting.size === 0) return [];
    return [...this.#waiting.values()].filter((row) => row.record.conversation === conversation);
  }
}
