import { fetchOrganization, fetchThread, postPicture, postText, RefusedError } from './api.ts';
import { placesBesides } from './numbers.ts';
import { load, save, withRecent } from './saved.ts';
import { answered, caughtUp, type Thread, told, typed, unsent, withdrawn } from './thread.ts';
import type { AppView, Connection, OrganizationView, PhoneMessage, Slot } from './types.ts';

/** A picture that is about to be sent. */
export interface Attachment {
  readonly file: Blob;
  /** For showing it here, without the server. */
  readonly url: string;
}

/** All that the page knows. Views read it, ask it to do things, and are told when it has changed. */
export interface Store {
  readonly organization: () => OrganizationView | undefined;
  readonly connection: () => Connection;
  readonly slots: () => readonly Slot[];
  readonly recents: () => readonly string[];
  readonly thread: (slot: Slot) => Thread;
  readonly unread: (number: string, app?: string) => number;
  readonly app: (id: string) => AppView | undefined;

  readonly addSlot: () => Slot | undefined;
  readonly removeSlot: (id: string) => void;
  readonly changeSlot: (id: string, change: Partial<Omit<Slot, 'id'>>) => void;
  readonly markRead: (slot: Slot) => void;
  readonly send: (slot: Slot, text: string, pictures: readonly Attachment[]) => Promise<void>;
  readonly sendAgain: (slot: Slot, key: string) => Promise<void>;

  readonly receive: (message: PhoneMessage) => void;
  readonly connected: (resumed: boolean) => void;
  readonly disconnected: () => void;
  readonly onChange: (listener: () => void) => void;
}

export function createStore(): Store {
  const listeners: (() => void)[] = [];
  const threads = new Map<string, Thread>();
  const unread = new Map<string, number>();
  const loaded = new Set<string>();
  /** Pictures of texts that have not got to the server yet. */
  const unsentPictures = new Map<string, readonly Attachment[]>();
  let { slots, recents } = load();
  let organization: OrganizationView | undefined;
  let connection: Connection = 'connecting';
  let scheduled = false;
  let typedCount = 0;

  /** One round of drawing for all changes of one task. Not by animation frame: hidden pages have none. */
  function changed(): void {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      for (const listener of listeners) listener();
    });
  }

  function change(key: string, next: (thread: Thread) => Thread): void {
    threads.set(key, next(threads.get(key) ?? []));
    changed();
  }

  function keep(next: readonly Slot[]): void {
    slots = next;
    save({ slots, recents });
    changed();
  }

  const appOf = (id: string) => organization?.apps.find((app) => app.id === id);

  /** Reads the threads on the stage that were not read yet, or all of them again. */
  async function readThreads(again: boolean): Promise<void> {
    if (again) loaded.clear();
    const wanted = slots.filter((slot) => appOf(slot.app)?.emulated && !loaded.has(keyOf(slot)));
    for (const slot of wanted) loaded.add(keyOf(slot));
    await Promise.all(
      wanted.map(async (slot) => {
        try {
          const messages = await fetchThread(slot.app, slot.number);
          change(keyOf(slot), (thread) => caughtUp(thread, messages));
        } catch {
          // The event stream tells when the server is back, and everything is read again then.
          loaded.delete(keyOf(slot));
        }
      }),
    );
  }

  function firstSlots(view: OrganizationView): readonly Slot[] {
    const apps = new Set(view.apps.map(({ id }) => id));
    const app = (view.apps.find(({ emulated }) => emulated) ?? view.apps[0])?.id;
    if (app === undefined) return [];
    // Kept from another organization at this address, perhaps: its people may have numbers that are ours here.
    const known = slots
      .filter(({ number }) => view.apps.every(({ address }) => address !== number))
      .map((slot) => (apps.has(slot.app) ? slot : { ...slot, app }));
    return known.length > 0 ? known : [{ id: newId(), number: unusedNumber(view, []), app }];
  }

  async function readOrganization(): Promise<void> {
    organization = await fetchOrganization();
    keep(firstSlots(organization));
  }

  async function post(slot: Slot, key: string, text: string, pictures: readonly Attachment[]): Promise<void> {
    try {
      const media = await Promise.all(pictures.map(({ file }) => postPicture(slot.app, file)));
      const answer = await postText({ app: slot.app, from: slot.number, text, media });
      unsentPictures.delete(key);
      change(keyOf(slot), (thread) => answered(thread, key, answer));
    } catch (error) {
      unsentPictures.set(key, pictures);
      const reason = error instanceof RefusedError ? error.message : 'the server is not answering';
      change(keyOf(slot), (thread) => unsent(thread, key, reason));
    }
  }

  const send: Store['send'] = (slot, text, pictures) => {
    typedCount += 1;
    const key = `typed-${typedCount}`;
    const media = pictures.map(({ file, url }) => ({ url, contentType: file.type }));
    recents = withRecent(recents, slot.number);
    save({ slots, recents });
    change(keyOf(slot), (thread) => typed(thread, { key, text, media, at: Date.now() }));
    return post(slot, key, text, pictures);
  };

  return {
    organization: () => organization,
    connection: () => connection,
    slots: () => slots,
    recents: () => recents,
    thread: (slot) => threads.get(keyOf(slot)) ?? [],
    app: appOf,
    unread(number, app) {
      if (app !== undefined) return unread.get(keyOf({ number, app })) ?? 0;
      return [...unread].reduce((sum, [key, count]) => sum + (key.startsWith(`${number}/`) ? count : 0), 0);
    },

    addSlot() {
      if (organization === undefined) return undefined;
      const app = slots.at(-1)?.app ?? organization.apps[0]?.id;
      if (app === undefined) return undefined;
      const used = slots.map(({ number }) => number);
      const slot = { id: newId(), number: unusedNumber(organization, used), app };
      keep([...slots, slot]);
      void readThreads(false);
      return slot;
    },
    removeSlot(id) {
      keep(slots.filter((slot) => slot.id !== id));
    },
    changeSlot(id, update) {
      if (update.number !== undefined) recents = withRecent(recents, update.number);
      keep(slots.map((slot) => (slot.id === id ? { ...slot, ...update } : slot)));
      void readThreads(false);
    },
    markRead(slot) {
      if (unread.delete(keyOf(slot))) changed();
    },
    send,
    sendAgain(slot, key) {
      const bubble = threads.get(keyOf(slot))?.find((candidate) => candidate.key === key);
      if (bubble === undefined) return Promise.resolve();
      const pictures = unsentPictures.get(key) ?? [];
      unsentPictures.delete(key);
      change(keyOf(slot), (thread) => withdrawn(thread, key));
      return send(slot, bubble.text, pictures);
    },

    receive(message) {
      const key = keyOf({ number: message.phone, app: message.app });
      const known = threads.get(key)?.some(({ id }) => id === message.id);
      if (!known && message.direction === 'outbound') unread.set(key, (unread.get(key) ?? 0) + 1);
      change(key, (thread) => told(thread, message));
    },
    connected(resumed) {
      connection = 'live';
      changed();
      if (resumed && organization !== undefined) return;
      readOrganization()
        .then(() => readThreads(true))
        .catch(() => {
          connection = 'lost';
          changed();
        });
    },
    disconnected() {
      connection = 'lost';
      changed();
    },
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
}

function keyOf({ number, app }: Pick<Slot, 'number' | 'app'>): string {
  return `${number}/${app}`;
}

function newId(): string {
  return Math.random().toString(36).slice(2, 10);
}

/** Somebody who is known, else a number that nobody on the stage has. */
function unusedNumber(view: OrganizationView, used: readonly string[]): string {
  const candidates = [
    ...view.people.map(({ phone }) => phone),
    ...placesBesides(view.apps).map(({ number }) => number),
  ];
  const free = candidates.find((number) => !used.includes(number));
  return free ?? `+1415555${String(Math.floor(Math.random() * 100) + 100).padStart(4, '0')}`;
}
