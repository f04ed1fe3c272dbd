import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { type Clock, codeOf, type Log } from '@parley/core';
import { PARTIAL } from './backup.ts';

export interface BackupOptions {
  /** Where copies go; made if it is not there. Best on another disk than the data. */
  readonly folder: string;
  /** Milliseconds from one copy to the next, by the runtime's clock. */
  readonly every: number;
  /** How many copies are kept; older ones are deleted after a new one is whole. */
  readonly keep: number;
}

interface Parts {
  readonly clock: Clock;
  readonly log: Log;
  /** The database's file, after which copies are named. */
  readonly file: string;
  readonly copy: (file: string) => Promise<void>;
}

/** `parley-20260105T170000000Z.db`: sorts by time. */
const STAMP = /^\d{8}T\d{9}Z$/;

/**
 * Copies the database every so often, from within: while the server runs, no other process can read the file. When the next
 * copy is due follows from the newest that is there, so that a server that is restarted often makes them too.
 */
export class Backups {
  readonly #options: BackupOptions;
  readonly #parts: Parts;
  #cancel: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(options: BackupOptions, parts: Parts) {
    this.#options = options;
    this.#parts = parts;
  }

  start(): void {
    this.#clearPartials();
    const newest = this.#copies().at(-1);
    this.#plan(newest === undefined ? 0 : newest.at + this.#options.every - this.#parts.clock.now());
  }

  /** Makes no more copies, and waits until one that was under way is given up. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    await this.#running;
  }

  #plan(delay: number): void {
    if (this.#stopped) return;
    this.#cancel = this.#parts.clock.setTimeout(
      () => {
        this.#running = this.#make();
      },
      // Never more than a whole interval away, also when a clock was wrong once.
      Math.max(0, Math.min(delay, this.#options.every)),
    );
  }

  async #make(): Promise<void> {
    const { clock, log, copy } = this.#parts;
    const began = clock.monotonic();
    const file = join(this.#options.folder, this.#nameOf(clock.now()));
    try {
      await copy(file);
      for (const { name } of this.#copies().slice(0, -this.#options.keep)) rmSync(join(this.#options.folder, name));
      log.info({ file, ms: Math.round(clock.monotonic() - began) }, 'backed up the database');
    } catch (error) {
      if (this.#stopped) return;
      log.error({ file, code: codeOf(error), cause: systemCodeOf(error) }, 'could not back up the database');
    }
    this.#plan(this.#options.every);
  }

  /** The copies that are whole, oldest first. */
  #copies(): readonly { readonly name: string; readonly at: number }[] {
    return this.#names()
      .map((name) => ({ name, at: this.#momentOf(name) }))
      .filter((copy): copy is { name: string; at: number } => copy.at !== undefined)
      .sort((one, other) => one.at - other.at);
  }

  /** Those that a crash has left unfinished. */
  #clearPartials(): void {
    for (const name of this.#names()) {
      if (!name.endsWith(PARTIAL) || this.#momentOf(name.slice(0, -PARTIAL.length)) === undefined) continue;
      rmSync(join(this.#options.folder, name), { force: true });
    }
  }

  #names(): readonly string[] {
    try {
      mkdirSync(this.#options.folder, { recursive: true, mode: 0o700 });
      return readdirSync(this.#options.folder);
    } catch {
      // What is wrong with the folder is told by the copy that can not be made.
      return [];
    }
  }

  #nameOf(at: number): string {
    const { prefix, suffix } = this.#naming();
    return `${prefix}${new Date(at).toISOString().replaceAll(/[-:.]/g, '')}${suffix}`;
  }

  #momentOf(name: string): number | undefined {
    const { prefix, suffix } = this.#naming();
    if (!name.startsWith(prefix) || !name.endsWith(suffix)) return undefined;
    const stamp = name.slice(prefix.length, name.length - suffix.length);
    if (!STAMP.test(stamp)) return undefined;
    return Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/, '$1-$2-$3T$4:$5:$6.$7Z'));
  }

  #naming(): { readonly prefix: string; readonly suffix: string } {
    const suffix = extname(this.#parts.file);
    return { prefix: `${basename(this.#parts.file, suffix)}-`, suffix };
  }
}

/** The word of the file system or of SQLite for what went wrong: `ENOSPC`, `SQLITE_FULL`. */
function systemCodeOf(error: unknown): unknown {
  return (error as { readonly cause?: { readonly code?: unknown } }).cause?.code;
}
