import type { Readable, Writable } from 'node:stream';
import { confirm, isCancel, select, text } from '@clack/prompts';
import { type Choices, defaults, nameOf, problemWith, storages } from './choices.ts';
import { problemWithFolder } from './target.ts';

/** What becomes of choices that nobody makes. */
export function fillIn(given: Partial<Choices>): Choices {
  const { folder = defaults.folder } = given;
  return { ...defaults, folder, name: nameOf(folder), ...given };
}

/** Where questions are asked. Default: the terminal of this process. */
export interface AskedAt {
  readonly input?: Readable;
  readonly output?: Writable;
}

/**
 * Asks for what the command line has left open: folder, name, storage, whether to install.
 *
 * @returns `undefined` when the person has given up.
 */
export async function ask(given: Partial<Choices>, at: AskedAt = {}): Promise<Choices | undefined> {
  const folder = given.folder ?? (await askForFolder(at));
  if (isCancel(folder)) return undefined;
  const name = given.name ?? (await askForName(nameOf(folder), at));
  if (isCancel(name)) return undefined;
  const storage = given.storage ?? (await askForStorage(at));
  if (isCancel(storage)) return undefined;
  const install = given.install ?? (await confirm({ message: 'Install its packages now?', ...at }));
  if (isCancel(install)) return undefined;
  return fillIn({ ...given, folder, name, storage, install });
}

function askForFolder(at: AskedAt) {
  return text({
    ...at,
    message: 'In which folder?',
    placeholder: defaults.folder,
    defaultValue: defaults.folder,
    validate: (typed) => {
      const folder = typed || defaults.folder;
      return problemWith.folder(folder) ?? problemWithFolder(folder);
    },
  });
}

function askForName(suggested: string, at: AskedAt) {
  return text({
    ...at,
    message: 'Who is it that texts? People will see this name.',
    placeholder: suggested,
    defaultValue: suggested,
    validate: (typed) => problemWith.name(typed || suggested),
  });
}

function askForStorage(at: AskedAt) {
  return select({
    ...at,
    message: 'Where shall conversations be kept?',
    options: Object.entries(storages).map(([value, { label, hint }]) => ({
      value: value as keyof typeof storages,
      label,
      hint,
    })),
    initialValue: defaults.storage,
  });
}
