import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Words after ```` ```ts ```` that mean something to this check. */
const FLAG = /^(?:ignore|compiled|continued|file=[\w.-]+\.tsx?)$/;

/**
 * Whether the TypeScript on the pages fits the packages as they are. Each block is a module of its own, checked
 * against the sources; words after the language change that:
 *
 * - `continued`: goes on where the block before it ended
 * - `file=name.ts`: other blocks of the page can import it as `./name.ts`
 * - `compiled`: is checked and not run by `run.test.ts`, for what needs the world around it
 * - `ignore`: is not checked, for what is no whole program on purpose
 *
 * Every page can import what is in `stand-ins`: `./parley.config.ts` and `./clinic.ts`.
 *
 * @param {string} root
 * @param {ReadonlyMap<string, import('./markdown.js').Page>} pages
 * @param {string} folder where the modules are written, within the repository; emptied first
 * @returns {string[]}
 */
export function checkCode(root, pages, folder = join(root, 'docs/check/dist/pages')) {
  /** @type {string[]} */
  const problems = [];
  rmSync(folder, { recursive: true, force: true });
  /** @type {Map<string, string>} */
  const pageOf = new Map();
  for (const [path, { code }] of pages) {
    const typescript = code.filter(({ language }) => language === 'ts' || language === 'typescript');
    problems.push(...typescript.flatMap((block) => problemsWithFlags(path, block)));
    const modules = modulesOf(typescript);
    if (modules.size === 0) continue;
    const name = path.replace(/\.md$/, '').replace(/[^\w]+/g, '-');
    pageOf.set(name, path);
    cpSync(join(root, 'docs/check/stand-ins'), join(folder, name), { recursive: true });
    for (const [file, lines] of modules) writeFileSync(join(folder, name, file), lines.join('\n'));
  }
  if (pageOf.size === 0) return problems;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: join(root, 'tsconfig.base.json'), ...settings }),
  );
  return [...problems, ...runCompiler(root, folder, pageOf)];
}

/** Pages are held to the rules that a reader's own project is likely to have. */
const settings = {
  compilerOptions: {
    composite: false,
    declaration: false,
    declarationMap: false,
    noEmit: true,
    incremental: false,
    customConditions: ['parley-source'],
    rewriteRelativeImportExtensions: false,
    allowImportingTsExtensions: true,
    moduleDetection: 'force',
  },
  include: ['*/*.ts'],
};

/**
 * @param {string} path
 * @param {import('./markdown.js').CodeBlock} block
 */
function problemsWithFlags(path, { flags, line }) {
  return flags
    .filter((flag) => !FLAG.test(flag))
    .map((flag) => `${path}:${line - 1}: ${flag} means nothing here; use ignore, compiled, continued or file=name.ts`);
}

/**
 * Puts blocks together to modules whose lines have the numbers that they have on the page.
 *
 * @param {readonly import('./markdown.js').CodeBlock[]} blocks
 * @returns {Map<string, string[]>}
 */
export function modulesOf(blocks) {
  /** @type {Map<string, string[]>} */
  const modules = new Map();
  let current = '';
  for (const { flags, lines, line } of blocks) {
    if (flags.includes('ignore')) continue;
    const file = flags.find((flag) => flag.startsWith('file='))?.slice('file='.length);
    if (file !== undefined) current = file;
    else if (!flags.includes('continued') || current === '') current = `line-${line}.ts`;
    const before = modules.get(current) ?? [];
    modules.set(current, [...before, ...Array(line - 1 - before.length).fill(''), ...lines]);
  }
  return modules;
}

/**
 * @param {string} root
 * @param {string} folder
 * @param {ReadonlyMap<string, string>} pageOf
 */
function runCompiler(root, folder, pageOf) {
  const output = compile(root, folder);
  const found = output.flatMap((line) => {
    const [, name = '', row, message] = /([^/\\]+)[/\\][^/\\]+\.ts\((\d+),\d+\): error (.*)$/.exec(line) ?? [];
    const page = line.includes(`${basename(folder)}/`) ? pageOf.get(name) : undefined;
    return page === undefined ? [] : [`${page}:${row}: ${message}`];
  });
  // Errors in the sources are for the build to report. What names no file at all means that nothing was checked.
  const lost = output.filter((line) => /^error /.test(line));
  return [...found, ...lost];
}

/**
 * @param {string} root
 * @param {string} folder
 */
function compile(root, folder) {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  try {
    execFileSync(process.execPath, [tsc, '--project', folder, '--pretty', 'false'], { cwd: root, encoding: 'utf8' });
    return [];
  } catch (error) {
    const { stdout, stderr } = /** @type {{ stdout: string, stderr: string }} */ (error);
    return `${stdout}${stderr}`.split('\n');
  }
}
