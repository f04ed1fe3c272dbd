import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Choices, defaults, idOf } from './choices.ts';
import { Refusal } from './refusal.ts';
import { problemWithFolder } from './target.ts';

const template = fileURLToPath(new URL('../template/', import.meta.url));

/** What npm would take for its own, and leave out of the package. */
const RENAMED: ReadonlyMap<string, string> = new Map([['_gitignore', '.gitignore']]);

/**
 * Writes a project into a folder that is empty or not there yet.
 *
 * @returns its files, from the folder, sorted.
 * @throws {@link Refusal} when there is something in the folder, or it can not be written.
 */
export function writeProject(choices: Choices): readonly string[] {
  const problem = problemWithFolder(choices.folder);
  if (problem !== undefined) throw new Refusal(problem);
  const files = projectFiles(choices);
  try {
    for (const [file, text] of files) {
      const path = join(resolve(choices.folder), file);
      mkdirSync(dirname(path), { recursive: true });
      // Never over a file that somebody has put there meanwhile.
      writeFileSync(path, text, { flag: 'wx' });
    }
  } catch (error) {
    throw new Refusal(`The project can not be written: ${(error as Error).message}`);
  }
  return [...files.keys()].sort();
}

/** The files of a project by name: those of `template/project`, some of them as `template/<storage>` has them. */
export function projectFiles(choices: Choices): ReadonlyMap<string, string> {
  const files = new Map(readFolder(join(template, 'project')));
  if (choices.storage !== defaults.storage) {
    for (const [file, text] of readFolder(join(template, choices.storage))) files.set(file, text);
  }
  return new Map([...files].map(([file, text]) => [RENAMED.get(file) ?? file, fill(text, choices)]));
}

function readFolder(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]);
}

/** Puts what was chosen in place of what the template has, which is a project that runs as it is. */
function fill(text: string, { folder, name, number }: Choices): string {
  return text
    .replaceAll("'Parley Project'", () => quote(name))
    .replaceAll('Parley Project', () => name)
    .replaceAll('parley-project', idOf(folder))
    .replaceAll(defaults.number, number);
}

/** As a literal of TypeScript, in the quotes that need no escapes. */
function quote(text: string): string {
  return /['\\]/.test(text) ? JSON.stringify(text) : `'${text}'`;
}
