import { basename, relative, sep } from 'node:path';
import { watch } from 'chokidar';

/** Saves of many files, and editors that write a file twice, are one change when no more than this lies between them. */
const QUIET = 120;

const IGNORED_FOLDERS = new Set(['node_modules', 'dist', 'coverage']);

/** Changes of a project's files. */
export interface Changes {
  /** Resolves as soon as there is something to {@link take}. */
  some(): Promise<void>;
  /** What has changed since this was last called. */
  take(): readonly string[];
  /** Watches a file outside of the folder as well. */
  add(file: string): void;
  close(): Promise<void>;
}

/** Watches a folder and everything in it but what a project does not consist of: see {@link isIgnored}. */
export async function watchProject(folder: string): Promise<Changes> {
  const changed = new Set<string>();
  let quiet = true;
  let wake = (): void => {};
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (path) => path !== folder && path.startsWith(folder + sep) && isIgnored(relative(folder, path)),
  });
  watcher.on('all', (event, path) => {
    if (event === 'addDir' || event === 'unlinkDir') return;
    changed.add(relative(folder, path));
    quiet = false;
    clearTimeout(timer);
    timer = setTimeout(() => {
      quiet = true;
      wake();
    }, QUIET);
  });
  // The limit of watched files, most often. Serving goes on without.
  watcher.on('error', (error) => process.stderr.write(`Changes may go unnoticed: ${reasonOf(error)}.\n`));
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
  return {
    async some() {
      if (changed.size > 0 && quiet) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    },
    take() {
      const files = [...changed];
      changed.clear();
      return files;
    },
    add(file) {
      const isBuilt = file.split(sep).some((part) => IGNORED_FOLDERS.has(part));
      if (!isBuilt && !file.startsWith(folder + sep)) watcher.add(file);
    },
    async close() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}

/** Whether a path in the project is none of its source: installed, built, hidden (but `.env`), data, or an editor's. */
export function isIgnored(path: string): boolean {
  if (path.split(sep).some((part) => IGNORED_FOLDERS.has(part) || (part.startsWith('.') && !part.startsWith('.env')))) {
    return true;
  }
  return /\.(?:db|sqlite3?)(?:-\w+|\.(?:sock|partial))?$|\.(?:log|tmp|swp)$|~$|^\d+$|\.test\.\w+$/.test(basename(path));
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
