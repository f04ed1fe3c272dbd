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

/** One set of data, and the storage that has it open. */
export interface Data {
  readonly storage: Storage;
  /** Closes the storage and opens another one on the same data. */
  reopen(): Promise<Storage>;
}

/** What one test works with. */
export interface Setting extends Data {
  readonly clock: VirtualClock;
  /** Another storage over the same data, not open. */
  create(): Storage;
  /** A storage of the same kind over data of its own, empty and open. */
  another(): Promise<Data>;
  /** A turn that changes the document, or makes one. */
  turn(key: ConversationKey, fields?: Partial<ConversationDocument>): Promise<void>;
}

/** Opens a storage on new data before each test and clears up after it. */
export function useStorage(makeStorage: () => StorageUnderTest | Promise<StorageUnderTest>): Setting {
  let clock: VirtualClock;
  let all: OpenData[];

  async function another(): Promise<OpenData> {
    const data = new OpenData(await makeStorage(), clock);
    all.push(data);
    await data.open();
    return data;
  }

  function first(): OpenData {
    return present(all[0]);
  }

  beforeEach(async () => {
    clock = new VirtualClock();
    all = [];
    await another();
  });

  afterEach(async () => {
    for (const data of all) await data.remove();
  });

  return {
    get clock() {
      return clock;
    },
    get storage() {
      return first().storage;
    },
    another,
    reopen: () => first().reopen(),
    create: () => first().create(),
    async turn(key, fields = {}) {
      await first().storage.conversations.turn(key, (document) =>
        commits({ ...(document ?? buildDocument({ key })), ...fields }),
      );
    },
  };
}

class OpenData implements Data {
  readonly #underTest: StorageUnderTest;
  readonly #clock: VirtualClock;
  #storage: Storage | undefined;

  constructor(underTest: StorageUnderTest, clock: VirtualClock) {
    this.#underTest = underTest;
    this.#clock = clock;
  }

  get storage(): Storage {
    return present(this.#storage);
  }

  create(): Storage {
    return this.#underTest.create();
  }

  async open(): Promise<Storage> {
    this.#storage = this.create();
    await this.#storage.open({ clock: this.#clock, log: silentLog });
    return this.#storage;
  }

  async reopen(): Promise<Storage> {
    await this.storage.close();
    return this.open();
  }

  async remove(): Promise<void> {
    await this.#storage?.close();
    await this.#underTest.dispose?.();
  }
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
