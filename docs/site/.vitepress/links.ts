import { posix } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';

type Token = ReturnType<MarkdownRenderer['parse']>[number];

/**
 * Has the links of pages lead where they do in the repository: those to a README to the page of its folder, those to what is no page of the site, such as a
 * source, to nowhere.
 *
 * @param isPage whether there is such a page, from the root of the repository
 */
export function linkPages(markdown: MarkdownRenderer, isPage: (path: string) => boolean): void {
  markdown.core.ruler.after('inline', 'parley-links', ({ tokens, env }) => {
    for (const { children } of tokens) relink(children ?? [], posix.dirname(env.relativePath), isPage);
  });
}

function relink(tokens: Token[], folder: string, isPage: (path: string) => boolean): void {
  let isDropped = false;
  for (const token of tokens) {
    if (token.type === 'link_open') {
      const target = targetOf(token.attrGet('href') ?? '', folder, isPage);
      isDropped = target === undefined;
      if (target !== undefined) token.attrSet('href', target);
    }
    if (isDropped && token.type.startsWith('link_')) makeSpan(token);
  }
}

/** Kept as an element, so that what opens and closes stays in pairs. */
function makeSpan(token: Token): void {
  token.tag = 'span';
  token.attrs = null;
}

function targetOf(href: string, folder: string, isPage: (path: string) => boolean): string | undefined {
  return isOutside(href) ? href : pageOf(href, folder, isPage);
}

function isOutside(href: string): boolean {
  return /^(?:[a-z]+:|#|\/)/.test(href);
}

function pageOf(href: string, folder: string, isPage: (path: string) => boolean): string | undefined {
  const [path = '', anchor] = href.split('#');
  const target = posix.normalize(posix.join(folder, decodeURI(path))).replace(/\/$/, '');
  const page = [target, `${target}/README.md`].find((candidate) => candidate.endsWith('.md') && isPage(candidate));
  if (page === undefined) return undefined;
  const at = `/${page.replace(/README\.md$/, '').replace(/\.md$/, '.html')}`;
  return anchor === undefined ? at : `${at}#${anchor}`;
}
