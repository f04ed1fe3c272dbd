// Builds the documentation as a site, into docs/site/dist: the reference out of the docstrings, then all pages.
// `node docs/site/build.js dev` serves it while pages are written.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const here = import.meta.dirname;
const api = join(here, 'api');
const require = createRequire(import.meta.url);

run('typedoc', 'bin/typedoc', ['--options', 'typedoc.json']);
nameReference();
run('vitepress', 'bin/vitepress.js', [process.argv[2] === 'dev' ? 'dev' : 'build', '.']);

/** @param {string} name @param {string} program @param {readonly string[]} args */
function run(name, program, args) {
  const bin = join(dirname(require.resolve(`${name}/package.json`)), program);
  execFileSync(process.execPath, [bin, ...args], { cwd: here, stdio: 'inherit' });
}

/** Gives each page of the reference the name of its package: TypeDoc calls it by the folder of its sources. */
function nameReference() {
  const pages = readdirSync(api)
    .filter((file) => file !== 'index.md')
    .map((file) => ({ file, ...nameOf(file), text: readFileSync(join(api, file), 'utf8') }));
  for (const { file, page, title, text } of pages) {
    const linked = pages.reduce((so, other) => so.replaceAll(other.file, other.page), text);
    rmSync(join(api, file));
    // Tags are words on pages of the site, those of anchors too.
    const plain = linked.replace(/<a id="[^"]*"><\/a> ?/g, '');
    writeFileSync(join(api, page), plain.replace(/^# .*$/m, `# ${title}`));
  }
  const list = pages.map(({ page, title }) => `- [${title}](${page})`).join('\n');
  writeFileSync(join(api, 'index.md'), `# API\n\nWhat each package exports, out of its docstrings.\n\n${list}\n`);
}

/**
 * What a page of the reference is to be called.
 *
 * @param {string} file `packages.core.src.host.md`
 */
function nameOf(file) {
  const [parent = '', folder = '', , part] = file.replace(/\.md$/, '').split('.');
  const { name } = JSON.parse(readFileSync(join(here, '../..', parent, folder, 'package.json'), 'utf8'));
  return part === undefined
    ? { page: `${folder}.md`, title: name }
    : { page: `${folder}-${part}.md`, title: `${name}/${part}` };
}
