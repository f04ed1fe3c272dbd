/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  /** What stands behind the language: `file=bot.ts`. */
  readonly flags: readonly string[];
  readonly lines: readonly string[];
}

/** What stands under one heading. */
export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** The sections of a page that have blocks, in order. */
export function sectionsOf(page: string): readonly Section[] {
  return page
    .split(/^## /m)
    .slice(1)
    .map((text) => ({ title: text.split('\n', 1)[0] ?? '', blocks: blocksIn(text) }))
    .filter(({ blocks }) => blocks.length > 0);
}

function blocksIn(text: string): readonly Block[] {
  return [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, info = '', code = '']) => {
    const [language = '', ...flags] = info.split(' ');
    return { language, flags, lines: code.split('\n').slice(0, -1) };
  });
}
