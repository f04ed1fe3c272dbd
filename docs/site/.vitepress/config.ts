import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DefaultTheme, defineConfig } from 'vitepress';
import { keepBraces } from './braces.ts';
import { linkPages } from './links.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Pages that are part of a project which is made, and none of these. */
const TEMPLATE = 'packages/create-parley/template';

export default defineConfig({
  title: 'Parley',
  description: 'Durable text conversations: any XState machine, texted over Twilio.',
  srcDir: '../..',
  srcExclude: ['**/node_modules/**', '**/dist/**', `${TEMPLATE}/**`],
  outDir: 'dist',
  cacheDir: '.vitepress/cache',
  // Links are as they are in the repository: a README is the page of its folder.
  rewrites: (id) =>
    id === 'README.md'
      ? 'start/index.md'
      : id === 'docs/site/index.md'
        ? 'index.md'
        : id.replace(/README\.md$/, 'index.md'),
  lastUpdated: false,
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Tutorial', link: '/docs/guides/tutorial' },
      { text: 'Guides', link: '/docs/guides/concepts' },
      { text: 'API', link: '/docs/site/api/' },
    ],
    sidebar: [
      {
        text: 'Begin',
        items: [
          { text: 'What Parley is', link: '/start/' },
          ...pages('docs/guides', ['tutorial', 'concepts', 'comparison']),
        ],
      },
      {
        text: 'Write bots',
        items: pages('docs/guides', ['dialogs', 'testing', 'hosted-machines', 'running-journeys']),
      },
      {
        text: 'Run them',
        items: [
          ...pages('docs/guides', ['profiles', 'deploying', 'delivery', 'operating', 'scaling']),
          { text: 'The console', link: '/docs/console/' },
        ],
      },
      {
        text: 'Extend Parley',
        items: [
          ...pages('docs/guides', ['writing-a-policy', 'writing-a-transport', 'writing-a-storage']),
          { text: 'Architecture', link: '/ARCHITECTURE' },
        ],
      },
      {
        text: 'Reference',
        items: [
          { text: 'Errors', link: '/docs/errors' },
          { text: 'API', link: '/docs/site/api/' },
          { text: 'Facts about Twilio', link: '/docs/reference/twilio' },
          { text: 'Measurements', link: '/bench/' },
          { text: 'Changes', link: '/CHANGELOG' },
        ],
      },
      { text: 'Packages', collapsed: true, items: readmes('packages') },
      { text: 'Plugins', collapsed: true, items: readmes('plugins') },
      { text: 'Examples', collapsed: true, items: readmes('examples') },
      { text: 'Decisions', collapsed: true, items: pages('docs/decisions') },
    ],
  },
  markdown: {
    // As on other pages of the repository, a tag in a sentence is a word of it.
    html: false,
    config(markdown) {
      linkPages(markdown, (path) => !path.startsWith(TEMPLATE) && existsSync(join(root, path)));
      keepBraces(markdown);
    },
  },
});

/** Pages of a folder by their titles: these, or all. */
function pages(folder: string, names: readonly string[] = namesIn(folder)): DefaultTheme.SidebarItem[] {
  return names
    .filter((name) => existsSync(join(root, folder, `${name}.md`)))
    .map((name) => ({ text: titleOf(join(folder, `${name}.md`)), link: `/${folder}/${name}` }));
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.replace(/\.md$/, ''))
    .sort();
}

function readmes(folder: string): DefaultTheme.SidebarItem[] {
  return readdirSync(join(root, folder))
    .filter((name) => existsSync(join(root, folder, name, 'README.md')))
    .map((name) => ({ text: titleOf(join(folder, name, 'README.md')), link: `/${folder}/${name}/` }));
}

function titleOf(page: string): string {
  const [, title] = /^# (.+)$/m.exec(readFileSync(join(root, page), 'utf8')) ?? [];
  return title ?? page;
}
