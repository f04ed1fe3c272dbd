/** What a page remembers of a chat, on this computer. */
export interface Remembered {
  /** By which the server knows the visitor. */
  readonly token?: string;
  /** Texts that the server has not acknowledged. */
  readonly outbox?: readonly Unsent[];
  /** Until when the visitor has seen what was said: milliseconds since the epoch. */
  readonly readUntil?: number;
  /** Whether the panel is open. */
  readonly open?: boolean;
}

/** A text on its way. */
export interface Unsent {
  readonly id: string;
  readonly text: string;
  readonly at: number;
}

/** Keeps it across reloads, where the browser lets us. */
export interface Memory {
  read(): Remembered;
  patch(change: Remembered): void;
}

/** @param storage absent or full: then it is kept as long as the page. */
export function createMemory(key: string, storage: Pick<Storage, 'getItem' | 'setItem'> | undefined): Memory {
  let known: Remembered = {};

  function read(): Remembered {
    try {
      const stored: unknown = JSON.parse(storage?.getItem(key) ?? 'null');
      // Another window may have written since.
      if (typeof stored === 'object' && stored !== null) known = stored;
    } catch {
      // What was kept is of no use, or may not be read.
    }
    return known;
  }

  return {
    read,
    patch(change) {
      known = { ...read(), ...change };
      try {
        storage?.setItem(key, JSON.stringify(known));
      } catch {
        // Full, or not allowed.
      }
    },
  };
}

/** The browser's own; a page in a sandbox may not even ask for it. */
export function localStorageIfAllowed(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
