import type { MessageQuery, MessageRecord, Storage } from '@parley/core';
import type { Lens } from './views/lens.ts';

/** What messages are looked for by, of what the storage does not know or must not decide alone. */
export interface Sought {
  /** Occurs in the text. */
  readonly text?: string | undefined;
  /** Of the error. */
  readonly code?: string | undefined;
}

/** How many messages are looked through at a time for those that may be found. */
const BATCH = 500;

/**
 * Whether a message may be found. By a word only where whoever looks is shown the word: else a confidential app would give away what it
 * was told, and the numbers that viewers see masked could be guessed digit by digit.
 */
export function isFound({ app, text, error }: MessageRecord, sought: Sought, { appOf, masking }: Lens): boolean {
  if (sought.code !== undefined && (error?.code ?? 'unknown') !== sought.code) return false;
  if (sought.text === undefined) return true;
  if (appOf(app)?.confidential ?? false) return false;
  const shown = masking.prose(text);
  return shown === text || shown.toLowerCase().includes(sought.text.toLowerCase());
}

/** A page of those that may be found. Neither its length nor whether another one follows tells of the others. */
export async function search(
  messages: Pick<Storage['messages'], 'list'>,
  query: MessageQuery,
  isWanted: (record: MessageRecord) => boolean,
): Promise<{ readonly messages: readonly MessageRecord[]; readonly next: string | undefined }> {
  const found: MessageRecord[] = [];
  let from = query.cursor;
  for (;;) {
    const start = from === undefined ? {} : { cursor: from };
    const batch = await messages.list({ ...query, ...start, limit: BATCH });
    const wanted = batch.messages.filter(isWanted);
    const missing = query.limit - found.length;
    found.push(...wanted.slice(0, missing));
    if (wanted.length > missing) {
      const last = wanted[missing - 1];
      // The page before this batch was whole already: another one begins here.
      if (last === undefined) return { messages: found, next: from };
      const { next } = await messages.list({ ...query, ...start, limit: batch.messages.indexOf(last) + 1 });
      return { messages: found, next };
    }
    if (batch.next === undefined) return { messages: found, next: undefined };
    from = batch.next;
  }
}
