import type { Archive, ArchivePage, ArchivePart, ArchiveRows, Clock, ConversationKey } from '@parley/core';
import type { ActivityRows } from './activity.ts';
import { archiveReaders, formatPlace, parsePlace } from './archive-reads.ts';
import { conversationInserter } from './conversations.ts';
import type { Database } from './database.ts';
import type { GroupCommit } from './group-commit.ts';
import type { MessageRows } from './messages.ts';
import type { TakenIn } from './taken-in.ts';
import type { Totals } from './totals.ts';

interface Parts {
  readonly database: Database;
  readonly commits: GroupCommit;
  readonly clock: Clock;
  readonly messages: MessageRows;
  readonly activity: ActivityRows;
  readonly takenIn: TakenIn;
  readonly totals: Totals;
}

type Writers = { readonly [Part in ArchivePart]: (row: ArchiveRows[Part]) => void };

/** How many rows one piece of a group commit writes. */
const PIECE = 100;

export function archiveOf(parts: Parts): Archive {
  const { database, commits, clock } = parts;
  const readers = archiveReaders(database);
  const writers = archiveWriters(parts);

  return {
    async read<Part extends ArchivePart>(
      part: Part,
      { after, limit }: { readonly after?: string; readonly limit: number },
    ): Promise<ArchivePage<ArchiveRows[Part]>> {
      const reader = readers[part];
      const place = after === undefined ? reader.start : parsePlace(after, reader);
      const found = reader.read(place, clock.now(), limit + 1);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const more = found.length > limit && last !== undefined;
      return { rows: page.map(({ row }) => row), ...(more ? { next: formatPlace(last.place) } : {}) };
    },

    async write(part, rows) {
      const write = writers[part];
      const pieces: Promise<void>[] = [];
      for (let start = 0; start < rows.length; start += PIECE) {
        pieces.push(commits.submit(() => rows.slice(start, start + PIECE).forEach(write)));
      }
      await Promise.all(pieces);
    },
  };
}

function archiveWriters({ database, messages, activity, takenIn, totals }: Parts): Writers {
  const insert = conversationInserter(database);
  const find = database.prepare<[string], number>('SELECT id FROM conversations WHERE key = ?').pluck();
  const insertData = database.prepare(
    'INSERT INTO plugin_data (namespace, key, value, expires_at) VALUES (?, ?, ?, ?)',
  );
  const insertClaim = database.prepare('INSERT INTO claims (key, owner, expires_at) VALUES (?, ?, ?)');

  function rowOf(key: ConversationKey): number {
    const id = find.get(key);
    if (id === undefined) throw new Error('A row came before its conversation.');
    return id;
  }

  return {
    conversations: (document) => {
      insert(document.key, document, JSON.stringify(document));
    },
    turns: ({ conversation, id, at }) => takenIn.insert(rowOf(conversation), id, at),
    messages: (message) => messages.insert(rowOf(message.conversation), message),
    activity: (record) => activity.append(rowOf(record.conversation), record),
    totals: (total) => totals.insert(total),
    data: ({ namespace, key, value, expiresAt }) => {
      insertData.run(namespace, key, value, expiresAt);
    },
    claims: ({ key, owner, expiresAt }) => {
      insertClaim.run(key, owner, expiresAt);
    },
  };
}
