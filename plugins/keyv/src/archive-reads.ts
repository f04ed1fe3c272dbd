import type { ArchivePart, ArchiveRows, ConversationKey } from '@parley/core';
import {
  type ActivityCell,
  activityName,
  type ClaimCell,
  type ConversationCell,
  conversationName,
  type DataCell,
  dataName,
  type MessageCell,
  messageName,
} from './cell.ts';
import { compare, type Place } from './line.ts';
import type { Parts } from './parts.ts';
import { hasExpired } from './plugin-data.ts';
import { nameOfTotal } from './totals-index.ts';

/** The names that a row sorts by, or its moment and its id. */
type PlaceOf = readonly (string | number)[];

interface PlacedRow<Row> {
  readonly row: Row;
  readonly place: PlaceOf;
}

/** The rows of one part after a place; about as many are read from the store as are wanted. */
type Reader<Part extends ArchivePart> = (
  after: PlaceOf | undefined,
  wanted: number,
) => AsyncGenerator<PlacedRow<ArchiveRows[Part]>>;

export type ArchiveReaders = { readonly [Part in ArchivePart]: Reader<Part> };

export function archiveReaders(parts: Parts): ArchiveReaders {
  const { cells, rows, index, clock } = parts;
  return {
    async *conversations(after, wanted) {
      for (const key of index.conversations.keys({ ...afterKey(after), limit: wanted })) {
        const cell = await cells.get<ConversationCell>(conversationName(key));
        if (cell !== undefined) yield { row: cell.document, place: [key] };
      }
    },

    turns: (after) => turns(parts, after),

    async *messages(after, wanted) {
      const ids = [...first(index.messages.oldest(placeOf(after)), wanted)].map(({ id }) => id);
      const found = await rows.getMany<MessageCell>(ids.map(messageName));
      for (const { record } of found) yield { row: record, place: [record.at, record.id] };
    },

    async *activity(after, wanted) {
      const ids = [...first(index.activity.oldest(placeOf(after)), wanted)].map(({ id }) => id);
      const found = await rows.getMany<ActivityCell>(ids.map(activityName));
      for (const { record } of found) yield { row: record, place: [record.at, record.id] };
    },

    async *totals([last = ''] = []) {
      for (const row of index.messages.totals.all()) {
        const name = nameOfTotal(row);
        if (name > String(last) && row.count > 0) yield { row, place: [name] };
      }
    },

    async *data(after) {
      for (const [namespace, key] of dataPlaces(parts, after)) {
        const cell = await cells.get<DataCell>(dataName(namespace, key));
        if (cell === undefined || hasExpired(cell, clock.now())) continue;
        yield {
          row: { namespace, key, value: cell.value, expiresAt: cell.expiresAt ?? null },
          place: [namespace, key],
        };
      }
    },

    async *claims([last = ''] = []) {
      for (const name of [...index.claims.names()].sort(compare)) {
        if (name <= String(last)) continue;
        const cell = await cells.get<ClaimCell>(name);
        if (cell === undefined || cell.expiresAt <= clock.now()) continue;
        const { key, owner, expiresAt } = cell;
        yield { row: { key, owner, expiresAt }, place: [name] };
      }
    },
  };
}

/** Where plugins keep values, by namespace and key. */
function* dataPlaces(
  { index }: Parts,
  [lastNamespace = '', lastKey = '']: PlaceOf = [],
): Generator<readonly [namespace: string, key: string]> {
  const namespaces = index.data.namespaces().filter((namespace) => namespace >= String(lastNamespace));
  for (const namespace of namespaces.sort(compare)) {
    const keys = index.data.keys(namespace).filter((key) => namespace !== lastNamespace || key > String(lastKey));
    for (const key of keys.sort(compare)) yield [namespace, key];
  }
}

/** Ids that were taken in, conversation by conversation. */
async function* turns(
  { cells, index, clock }: Parts,
  after: PlaceOf | undefined,
): AsyncGenerator<PlacedRow<ArchiveRows['turns']>> {
  const [lastKey, lastPosition = -1] = after ?? [];
  const all = index.conversations.keys({ limit: Number.POSITIVE_INFINITY });
  for (const key of all) {
    if (lastKey !== undefined && key < String(lastKey)) continue;
    const cell = await cells.get<ConversationCell>(conversationName(key));
    for (const [position, taken] of (cell?.taken ?? []).entries()) {
      if (key === lastKey && position <= Number(lastPosition)) continue;
      const [id, at] = typeof taken === 'string' ? [taken, clock.now()] : taken;
      yield { row: { conversation: key, id, at }, place: [key, position] };
    }
  }
}

function afterKey(after: PlaceOf | undefined): { readonly after?: ConversationKey } {
  return after === undefined ? {} : { after: String(after[0]) as ConversationKey };
}

function placeOf(after: PlaceOf | undefined): Place | undefined {
  return after && { at: Number(after[0]), id: String(after[1]) };
}

function* first<Item>(items: Iterable<Item>, count: number): Generator<Item> {
  let left = count;
  for (const item of items) {
    if (left-- <= 0) return;
    yield item;
  }
}
