import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { type Packed, repository, type Workspace } from './packages.ts';

/** What the modules of a package import, from those on that it exports. */
export interface Imports {
  /** Names of packages that its JavaScript imports: `xstate`, `@parley/core`. */
  readonly code: ReadonlySet<string>;
  /** Names of those that its declarations import; where a package has none of its own, of the one that has them: `@types/koa`. */
  readonly types: ReadonlySet<string>;
  /** Modules of its own that are not in it, and who imports them. */
  readonly missing: readonly string[];
}

/** Follows what a package imports, in its JavaScript and its declarations. */
export function importsOf({ folder, manifest }: Workspace, { files }: Packed): Imports {
  const packed = new Set(files.map(({ path }) => path));
  const [code, types, missing] = [new Set<string>(), new Set<string>(), [] as string[]];
  // What is added while this goes on is visited, too, and nothing twice.
  const reached = new Set(entriesOf(manifest).filter((file) => packed.has(file)));
  for (const file of reached) {
    const isDeclaration = file.endsWith('.d.ts');
    const { packages, modules } = specifiersIn(join(repository, folder, file));
    for (const name of packages) isDeclaration ? types.add(typesOf(name)) : code.add(name);
    for (const specifier of modules) {
      const target = join(dirname(file), isDeclaration ? declarationOf(specifier) : specifier);
      if (packed.has(target)) reached.add(target);
      else missing.push(`${file} imports ${specifier}`);
    }
  }
  return { code, types, missing };
}

/** The files that a manifest names: what can be imported, its types, and its commands. */
export function entriesOf({ exports = {}, bin = {} }: Workspace['manifest']): readonly string[] {
  const exported = Object.values(exports).flatMap((conditions) => Object.values(conditions));
  return [...exported, ...Object.values(bin)].map((file) => join(file));
}

const IMPORT =
  /^(?:import|export)\b[^'"]*?\bfrom\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

function specifiersIn(file: string): { readonly packages: readonly string[]; readonly modules: readonly string[] } {
  const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const all = [...code.matchAll(IMPORT)].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '');
  const [modules, others] = [all.filter((one) => one.startsWith('.')), all.filter((one) => !one.startsWith('.'))];
  return { modules, packages: others.filter((one) => !isBuiltin(one)).map(packageOf) };
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** `./engine.js` and `./engine.ts` are described by `./engine.d.ts`. */
function declarationOf(specifier: string): string {
  return specifier.replace(/(?:\.d)?\.[jt]s$/, '.d.ts');
}

/** The package that has the types of a package. */
function typesOf(name: string): string {
  const elsewhere = `@types/${name.replace(/^@([^/]+)\//, '$1__')}`;
  return existsSync(join(repository, 'node_modules', elsewhere)) ? elsewhere : name;
}
