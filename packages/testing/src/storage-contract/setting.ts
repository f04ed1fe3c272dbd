import { type Address, type ConversationDocument, type ConversationKey, type Storage, silentLog } from '@parley/core';
import { afterEach, beforeEach } from 'vitest';
import { buildDocument, commits } from '../records.ts';
import { VirtualClock } from '../virtual-clock.ts';

/** Data that a storage can be opened on again and again. */
export interface StorageUnderTest {
  /** A storage over the data, not open yet. */
  create(): Storage;
  /** Removes the data. */
  dispose?(): void | Promise<void>;
}

/** What one test works with. */
export interface Setting {
  readonly clock: VirtualClock;
  readonly storage: Storage;
  /** Closes the storage and opens another one on the same data. */
  reopen(): Promise<Storage>;
  /** Another storage over the same data, not open. */
  create(): Storage;
  /** A turn that changes the document, or makes one. */
  turn(key: ConversationKey, fields?: Partial<ConversationDocument>): Promise<void>;
}

/** Opens a storage on new data before each test and clears up after it. */
export function useStorage(makeStorage: () => StorageUnderTest | Promise<StorageUnderTest>): Setting {
  let underTest: StorageUnderTest;
  let storage: Storage;
  let clock: VirtualClock;

  async function open(): Promise<Storage> {
    storage = underTest.create();
    await storage.open({ clock, log: silentLog });
    return storage;
  }

  beforeEach(async () => {
    clock = new VirtualClock();
    underTest = await makeStorage();
    await open();
  });

  afterEach(async () => {
    await storage.close();
    await underTest.dispose?.();
  });

  return {
    get clock() {
      return clock;
    },
    get storage() {
      return storage;
    },
    async reopen() {
      await storage.close();
      return open();
    },
    create: () => underTest.create(),
    async turn(key, fields = {}) {
      await storage.conversations.turn(key, (document) =>
        commits({ ...(document ?? buildDocument({ key })), ...fields }),
      );
    },
  };
}

/** Another number of ours. */
export const OTHER = '+14155550101' as Address;

/** Awaits what should be refused and answers the error. */
export async function refusal(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It was expected to be refused, and was not.');
}

/** A value that the test would make no sense without. */
export function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('It was expected to be there, and is not.');
  return value;
}
