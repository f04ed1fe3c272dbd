import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ParleyError } from '@parley/core';
import { type Database, storageFailed } from './database.ts';

/** What a copy is called until it is whole. */
export const PARTIAL = '.partial';

/** How many pages are copied at a time, between which the event loop has its turn: 400 KB. */
const PAGES = 100;

/**
 * Copies everything that is committed to another file while work goes on. The file has its name only when it is whole and on
 * disk; one that was there before is replaced.
 *
 * @param mayGoOn asked between two steps; when it says no, the copy is given up.
 */
export async function backUp(database: Database, file: string, mayGoOn: () => boolean): Promise<void> {
  const path = resolve(file);
  const partial = `${path}${PARTIAL}`;
  try {
    makeEmpty(partial);
    await database.backup(partial, {
      progress: () => {
        if (!mayGoOn()) throw new ParleyError('error.platform.storage.closed');
        return PAGES;
      },
    });
    sync(partial);
    renameSync(partial, path);
    sync(dirname(path));
  } catch (error) {
    discard(partial);
    throw storageFailed(error);
  }
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Why the copy failed is what there is to tell.
  }
}

/** Texts and phone numbers go into it: nobody but the user that runs the server may read it. */
function makeEmpty(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });
  closeSync(openSync(path, 'wx', 0o600));
}

/** Makes a file's content, or a folder's names, outlast a power cut. */
function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
