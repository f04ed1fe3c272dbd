import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkCode } from './code.js';
import { findBrokenLinks } from './links.js';
import { parsePage } from './markdown.js';
import { findForbiddenWords } from './words.js';

const root = join(import.meta.dirname, '../..');
const dist = join(import.meta.dirname, 'dist');
const pageOf = (text: string) => new Map([['page.md', parsePage(text)]]);

describe('parsePage', () => {
  it('makes anchors of headings as GitHub does', () => {
    const { anchors } = parsePage(
      '# `say(text)`: what it does\n## Über uns\n## Again\n## Again\n## [Link](x.md) & more',
    );
    expect([...anchors]).toEqual(['saytext-what-it-does', 'über-uns', 'again', 'again-1', 'link--more']);
  });

  it('sees links, images and definitions, and none in code', () => {
    const text = [
      'A [link](a.md "title"), ![an image](b.png), [![both](c.png)](d.md), `[no](e.md)`.',
      '```md',
      '[no](f.md)',
      '```',
      '[defined]: g.md',
      '<img src="h.png">',
    ].join('\n');
    expect(
      parsePage(text)
        .links.map(({ target }) => target)
        .sort(),
    ).toEqual(['a.md', 'b.png', 'c.png', 'd.md', 'g.md', 'h.png']);
  });

  it('reads code with its language, flags and line', () => {
    const text = 'Text\n\n- item\n\n  ```ts file=a.ts continued\n  const a = 1;\n    a;\n  ```\n~~~sh\nls\n~~~';
    expect(parsePage(text).code).toEqual([
      { language: 'ts', flags: ['file=a.ts', 'continued'], lines: ['const a = 1;', '  a;'], line: 6 },
      { language: 'sh', flags: [], lines: ['ls'], line: 10 },
    ]);
  });
});

describe('findBrokenLinks', () => {
  const broken = (text: string) => findBrokenLinks(root, pageOf(text));

  it('lets those pass that lead somewhere, and those to the web', () => {
    expect(
      broken('# Top\n[a](package.json) [b](docs/) [c](#top) [d](https://example.com/x) [e](mailto:a@b.c)'),
    ).toEqual([]);
  });

  it.each([
    ['a file that is not there', '[a](nowhere.md)', 'nowhere.md does not exist'],
    ['a heading that is not there', '[a](#nowhere)', '#nowhere is no heading of this page'],
    ['a path outside', '[a](../elsewhere)', '../elsewhere leads out of the repository'],
    ['an absolute path', '[a](/package.json)', '/package.json is absolute: write it from this page'],
    ['a line number', '[a](package.json#L3)', 'package.json#L3 points at a line number: name the function instead'],
  ])('finds %s', (_, text, problem) => {
    expect(broken(text)).toEqual([`page.md:1: ${problem}`]);
  });
});

describe('findForbiddenWords', () => {
  it('finds notes to ourselves and paths of machines', () => {
    const text = 'Fine: /webhooks/work/x, todo list\nTODO write\nsee /home/ann/parley\n`/Users/ann`';
    expect(findForbiddenWords(pageOf(text)).map((problem) => problem.split(' ', 2).join(' '))).toEqual([
      'page.md:2: TODO',
      'page.md:3: /home/a',
      'page.md:4: /Users/a',
    ]);
  });
});

describe('checkCode', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  /** In a folder of its own, so that the real check can run at the same time. */
  function check(text: string): string[] {
    mkdirSync(dist, { recursive: true });
    const folder = mkdtempSync(join(dist, 'test-'));
    folders.push(folder);
    return checkCode(root, pageOf(text), folder);
  }

  it('reports errors with the page and the line', () => {
    const text = "# Page\n\n```ts\nimport { say } from '@parley/core';\n\nsay(1);\n```\n";
    expect(check(text)).toEqual([expect.stringMatching(/^page\.md:6: TS2345/)]);
  });

  it('joins blocks, lets them import one another and the stand-ins, and leaves out what is to be ignored', () => {
    const text = [
      '```ts file=greeter.ts',
      'export const greeting: string = "Hello";',
      '```',
      '```ts continued',
      'export const loud: string = greeting.toUpperCase();',
      '```',
      '```ts',
      "import organization from './parley.config.ts';",
      "import { loud } from './greeter.ts';",
      'export const text: string = loud + organization.name;',
      '```',
      '```ts ignore',
      'this is … no program',
      '```',
      '```js',
      'nor is this checked',
      '```',
    ].join('\n');
    expect(check(text)).toEqual([]);
  });

  it('refuses words that mean nothing', () => {
    expect(check('```ts ingore\n\n```')).toEqual([
      'page.md:1: ingore means nothing here; use ignore, compiled, continued or file=name.ts',
    ]);
  });
});
