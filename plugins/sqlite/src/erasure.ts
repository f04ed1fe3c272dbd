import type { Erased } from '@parley/core';
import type { Database } from './database.ts';
import type { GroupCommit } from './group-commit.ts';
import { overwriting } from './remains.ts';
import { PERSON } from './schema.ts';

/** How many rows one piece of a group commit deletes. */
const PIECE = 200;

/** Deletes all that is kept of a person. */
export class Erasure {
  readonly #database: Database;
  readonly #commits: GroupCommit;
  readonly #find;
  readonly #deleteMessages;
  readonly #deleteActivity;
  readonly #deleteTakenIn;
  readonly #deleteConversation;

  constructor(database: Database, commits: GroupCommit) {
    this.#database = database;
    this.#commits = commits;
    this.#find = database.prepare<[string], number>(`SELECT id FROM conversations WHERE ${PERSON} = ?`).pluck();
    const some = (table: string) =>
      database.prepare<[number, number]>(
        `DELETE FROM ${table} WHERE seq IN (SELECT seq FROM ${table} WHERE conversation = ? LIMIT ?)`,
      );
    this.#deleteMessages = some('messages');
    this.#deleteActivity = some('activity');
    this.#deleteTakenIn = some('taken_in');
    this.#deleteConversation = database.prepare('DELETE FROM conversations WHERE id = ?');
  }

  /**
   * Rows go piece by piece, so that turns of others get on; a conversation goes last, with what has come in meanwhile. After
   * a crash in between there is less of the person, and asking again deletes the rest.
   */
  async erase(person: string): Promise<Erased> {
    let [conversations, messages] = [0, 0];
    for (const id of this.#find.all(person)) {
      await this.#inPieces((limit) => this.#deleteActivity.run(id, limit).changes);
      await this.#inPieces((limit) => this.#deleteTakenIn.run(id, limit).changes);
      messages += await this.#inPieces((limit) => this.#deleteMessages.run(id, limit).changes);
      const last = await this.#last(id);
      conversations += last.conversations;
      messages += last.messages;
    }
    if (conversations > 0) this.#emptyLog();
    return { conversations, messages };
  }

  /** Pages of before are in the write-ahead log, too: copies all of it into the file and cuts it off. */
  #emptyLog(): void {
    try {
      this.#database.pragma('wal_checkpoint(TRUNCATE)');
    } catch {
      // It is erased all the same, and the log is written over sooner or later.
    }
  }

  async #inPieces(remove: (limit: number) => number): Promise<number> {
    for (let sum = 0; ; ) {
      const changes = await this.#commits.submit(() => overwriting(this.#database, () => remove(PIECE)));
      sum += changes;
      if (changes < PIECE) return sum;
    }
  }

  #last(id: number): Promise<Erased> {
    const all = Number.MAX_SAFE_INTEGER;
    return this.#commits.submit(() =>
      overwriting(this.#database, () => {
        this.#deleteActivity.run(id, all);
        this.#deleteTakenIn.run(id, all);
        const messages = this.#deleteMessages.run(id, all).changes;
        return { messages, conversations: this.#deleteConversation.run(id).changes };
      }),
    );
  }
}
