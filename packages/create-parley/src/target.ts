import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';

/** What a folder may have in it already: a repository, and what systems leave everywhere. */
const HARMLESS: ReadonlySet<string> = new Set(['.git', '.DS_Store', 'Thumbs.db']);

/** Why nothing can be made in a folder, as a sentence; `undefined` when it is empty or not there yet. */
export function problemWithFolder(folder: string): string | undefined {
  try {
    const files = readdirSync(resolve(folder)).filter((file) => !HARMLESS.has(file));
    if (files.length === 0) return undefined;
    const some = files.slice(0, 3).join(', ') + (files.length > 3 ? ', …' : '');
    return `The folder ${folder} is not empty (${some}). Name another: nothing was changed.`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'ENOTDIR') return `${folder} is no folder. Name another: nothing was changed.`;
    return `The folder ${folder} can not be read: ${code}.`;
  }
}
