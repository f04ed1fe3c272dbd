import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idOf, nameOf } from '../src/choices.ts';
import { projectFiles, writeProject } from '../src/project.ts';
import { fillIn } from '../src/questions.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'create-parley-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const template = join(import.meta.dirname, '../template');

/** A file of this repository's own `package.json` files. */
function manifest(path: string): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../..', path, 'package.json'), 'utf8'));
}

describe('a project', () => {
  it('has the files of the template, and those that git and npm read under their own names', () => {
    const files = writeProject(fillIn({ folder: join(folder, 'my-bot') }));
    const templated = readdirSync(join(template, 'project')).map((name) => name.replace('_gitignore', '.gitignore'));
    expect(files).toEqual(templated.sort());
    expect(readdirSync(join(folder, 'my-bot')).sort()).toEqual(files);
  });

  it('bears the name, the id and the number that were chosen', () => {
    const files = projectFiles(fillIn({ folder: 'corner-cafe', name: "Ann's $& Café", number: '+447700900123' }));
    const configuration = files.get('parley.config.ts');
    expect(configuration).toContain(`name: "Ann's $& Café"`);
    expect(configuration).toContain(`id: 'corner-cafe', number: '+447700900123'`);
    expect(files.get('README.md')).toMatch(/^# Ann's \$& Café\n/);
    expect(JSON.parse(files.get('package.json')!)).toMatchObject({ name: 'corner-cafe', private: true });
    expect([...files.values()].join()).not.toMatch(/parley-project|Parley Project|14155550100/);
  });

  it('keeps its data in PostgreSQL if asked to, and says so wherever it matters', () => {
    const files = projectFiles(fillIn({ storage: 'postgres' }));
    expect([...files.keys()].sort()).toEqual([...projectFiles(fillIn({})).keys()].sort());
    expect([...files.values()].join()).not.toMatch(/sqlite/i);
    expect(files.get('.env.example')).toMatch(/^DATABASE_URL=/m);
  });

  it('differs between the storages by these alone', () => {
    const [one, other] = [projectFiles(fillIn({})), projectFiles(fillIn({ storage: 'postgres' }))];
    const lines = (file: string, files = one) => files.get(file)!.split('\n');
    const only = (file: string) => lines(file).filter((line) => !lines(file, other).includes(line));
    expect(only('parley.config.ts')).toEqual([
      expect.stringMatching(/^import.*sqlite/),
      expect.stringMatching(/storage: sqlite/),
    ]);
    expect(only('package.json').filter((line) => !/sqlite/.test(line))).toEqual([]);
    expect(only('.env.example').filter((line) => !line.startsWith('#'))).toEqual([]);
    expect(only('Dockerfile').filter((line) => !/^# The whole|^FROM .* modules$|data$/.test(line))).toEqual([]);
    expect(only('DEPLOY.md').filter((line) => !/sqlite|data|SQLite|that is taken/.test(line))).toEqual([]);
  });

  it.each(['project', 'postgres'])('depends on what this repository has and uses (%s)', (variant) => {
    const path = `packages/create-parley/template/${variant}`;
    const { dependencies = {}, devDependencies = {} } = manifest(path);
    const known = { ...manifest('.').devDependencies, ...manifest('packages/core').dependencies };
    for (const [name, range] of Object.entries({ ...dependencies, ...devDependencies })) {
      const workspace = name.replace('@parley/plugin-', 'plugins/').replace('@parley/', 'packages/');
      expect([name, range]).toEqual([
        name,
        name.startsWith('@parley/') ? `^${manifest(workspace).version}` : known[name],
      ]);
    }
  });
});

describe('a folder', () => {
  it('is left as it was when there is something in it', () => {
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    expect(() => writeProject(fillIn({ folder }))).toThrow(/not empty \(notes\.txt\)\..*nothing was changed/);
    expect(readdirSync(folder)).toEqual(['notes.txt']);
  });

  it('may have a repository in it already', () => {
    mkdirSync(join(folder, '.git'));
    expect(writeProject(fillIn({ folder }))).toContain('bot.ts');
  });

  it('is refused when it is a file, or can not be made', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => writeProject(fillIn({ folder: join(folder, 'file') }))).toThrow(/is no folder/);
    expect(() => writeProject(fillIn({ folder: join(folder, 'file/below') }))).toThrow(/is no folder/);
  });

  it.each([
    ['corner-cafe', 'corner-cafe', 'Corner Cafe'],
    ['/srv/bots/Corner Café', 'corner-cafe', 'Corner Café'],
    ['tea_2', 'tea-2', 'Tea 2'],
    ['2nd-bot', 'nd-bot', '2nd Bot'],
    ['日本', 'my-bot', '日本'],
    ['/', 'my-bot', 'My Bot'],
  ])('%s gives the id %s and the name %s', (path, id, name) => {
    expect([idOf(path), nameOf(path)]).toEqual([id, name]);
  });
});
