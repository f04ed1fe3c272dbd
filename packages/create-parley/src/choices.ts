import { basename, resolve } from 'node:path';

/** Where a project can keep its data. */
export const storages = {
  sqlite: { label: 'SQLite', hint: 'one file, one process: nothing to set up' },
  postgres: {
    label: 'PostgreSQL',
    hint: 'several processes; a server that you run',
  },
} as const;

export type StorageName = keyof typeof storages;

/** What a project is to be like. */
export interface Choices {
  /** Where to make it, as it was typed. */
  readonly folder: string;
  /** Who texts, as people know it: `Corner Café`. */
  readonly name: string;
  /** What is texted, in E.164: `+14155550100`. */
  readonly number: string;
  readonly storage: StorageName;
  /** Whether to fetch its packages. */
  readonly install: boolean;
  /** Whether to make it a repository of git. */
  readonly git: boolean;
}

/** What is taken where nothing is said; a name follows from the folder. */
export const defaults = {
  folder: 'my-bot',
  number: '+14155550100',
  storage: 'sqlite',
  install: true,
  git: true,
} as const satisfies Partial<Choices>;

/** The id of the project's package and app, from its folder: `Corner Café` is `corner-cafe`. */
export function idOf(folder: string): string {
  const id = basename(resolve(folder))
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  return id === '' ? defaults.folder : id;
}

/** A name from the folder: `corner-cafe` is `Corner Cafe`, and `Corner Café` is what it is. */
export function nameOf(folder: string): string {
  const name = basename(resolve(folder));
  if (!/^[a-z0-9_-]+$/.test(name)) return name === '' ? nameOf(defaults.folder) : name;
  const words = name.split(/[_-]+/).filter((word) => word !== '');
  return words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join(' ');
}

/** What is wrong with a choice, as a sentence; `undefined` when nothing is. */
export const problemWith = {
  folder: (folder: string) => (/\p{Cc}/u.test(folder) ? 'A folder has no control characters in its name.' : undefined),
  name: (name: string) =>
    name.trim() === '' || /\p{Cc}/u.test(name) ? 'A name is a line of text: Corner Café' : undefined,
  number: (number: string) =>
    /^\+[1-9]\d{6,14}$/.test(number) ? undefined : 'A number has a plus and its country: +14155550100',
  storage: (storage: string) =>
    Object.hasOwn(storages, storage) ? undefined : `A storage is one of ${Object.keys(storages).join(', ')}.`,
} as const satisfies Partial<Record<keyof Choices, (value: string) => string | undefined>>;
