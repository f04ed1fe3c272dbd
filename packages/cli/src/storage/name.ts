import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ParleyError, type Storage } from '@parley/core';

/** A storage that was named on the command line. */
export interface NamedStorage {
  readonly storage: Storage;
  /** What it is called in messages: without a password. */
  readonly name: string;
}

/** The storages that have a name of their own, by how it begins. */
const KINDS = [
  {
    pattern: /^sqlite:(?:\/\/)?(?<at>.+)$/,
    package: '@parley/plugin-sqlite',
    open: ({ sqlite }: Plugin, at: string) => sqlite?.({ file: at }),
  },
  {
    pattern: /^(?<at>postgres(?:ql)?:\/\/.+)$/,
    package: '@parley/plugin-postgres',
    open: ({ postgres }: Plugin, at: string) => postgres?.({ url: at }),
  },
] as const;

interface Plugin {
  readonly sqlite?: (options: { readonly file: string }) => Storage;
  readonly postgres?: (options: { readonly url: string }) => Storage;
}

/**
 * The storage that a name stands for: `sqlite:data.db`, `postgres://…`, or `config`.
 *
 * @param configured gives the storage of the configuration.
 * @throws `error.platform.storage.unknown-url`, `error.platform.storage.no-plugin`
 */
export async function storageNamed(name: string, configured: () => Promise<Storage>): Promise<NamedStorage> {
  if (name === 'config') {
    const storage = await configured();
    return { storage, name: storage.location ?? storage.name };
  }
  for (const kind of KINDS) {
    const at = kind.pattern.exec(name)?.groups?.at;
    if (at === undefined) continue;
    const storage = kind.open(await importPlugin(kind.package, withoutPassword(name)), at);
    if (storage !== undefined) return { storage, name: withoutPassword(name) };
  }
  throw new ParleyError('error.platform.storage.unknown-url', { storage: withoutPassword(name) });
}

/**
 * Refuses a file that is not there: opening it would make it, and a mistyped name pass for an empty storage.
 *
 * @throws `error.platform.storage.missing`
 */
export function requireData({ name, location }: Storage): void {
  if (name !== 'sqlite' || location === undefined || location === ':memory:' || existsSync(location)) return;
  throw new ParleyError('error.platform.storage.missing', { storage: location });
}

/** From the project's own packages: which storages there are is for the project to choose. */
async function importPlugin(name: string, storage: string): Promise<Plugin> {
  const { resolve } = createRequire(join(process.cwd(), 'package.json'));
  try {
    return await import(pathToFileURL(resolve(name)).href);
  } catch (cause) {
    if ((cause as { readonly code?: unknown }).code !== 'MODULE_NOT_FOUND') throw cause;
    throw new ParleyError('error.platform.storage.no-plugin', { package: name, storage }, { cause });
  }
}

function withoutPassword(name: string): string {
  return name.replace(/^(\w+:\/\/[^:/@]*):[^@]*@/, '$1:…@');
}
