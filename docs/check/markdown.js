/**
 * @typedef {object} CodeBlock
 * @property {string} language the first word after the fence
 * @property {readonly string[]} flags the other words
 * @property {readonly string[]} lines
 * @property {number} line where its first line of code stands, from 1
 *
 * @typedef {object} Page
 * @property {ReadonlySet<string>} anchors what `#…` can point to
 * @property {readonly { readonly target: string, readonly line: number }[]} links
 * @property {readonly CodeBlock[]} code
 * @property {readonly string[]} lines
 */

const FENCE = /^(\s*)(`{3,}|~{3,})\s*(.*)$/;
const HEADING = /^#{1,6}\s+(.*?)\s*#*\s*$/;
const LINK = /\]\(\s*<?([^()\s<>]+(?:\([^()\s]*\))?)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/g;
const DEFINITION = /^\s{0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)/;
const ATTRIBUTE = /\b(?:href|src|srcset)="([^"]+)"/g;
const HTML_ANCHOR = /<a\s+(?:id|name)="([^"]+)"/g;

/**
 * Reads what the checks ask of a page of Markdown.
 *
 * @param {string} text
 * @returns {Page}
 */
export function parsePage(text) {
  const lines = text.split(/\r?\n/);
  const slugs = new Slugs();
  /** @type {{ target: string, line: number }[]} */
  const links = [];
  /** @type {CodeBlock[]} */
  const code = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const fence = FENCE.exec(line);
    if (fence !== null) {
      const block = readBlock(lines, index, fence);
      code.push(block);
      index += block.lines.length + 1;
      continue;
    }
    const prose = withoutCode(line);
    const heading = HEADING.exec(line);
    if (heading !== null) slugs.add(heading[1] ?? '');
    for (const [, id] of prose.matchAll(HTML_ANCHOR)) slugs.addLiteral(id ?? '');
    for (const target of targetsIn(prose)) links.push({ target, line: index + 1 });
  }
  return { anchors: slugs.all, links, code, lines };
}

/**
 * @param {readonly string[]} lines
 * @param {number} start
 * @param {RegExpExecArray} fence
 * @returns {CodeBlock}
 */
function readBlock(lines, start, [, indentation = '', mark = '', info = '']) {
  const end = lines.findIndex(
    (line, index) => index > start && line.trim().startsWith(mark) && /^[`~]+$/.test(line.trim()),
  );
  const [language = '', ...flags] = info.trim().split(/\s+/);
  const inside = lines.slice(start + 1, end === -1 ? lines.length : end);
  return { language, flags, lines: inside.map((line) => outdent(line, indentation.length)), line: start + 2 };
}

/**
 * @param {string} line
 * @param {number} width
 */
function outdent(line, width) {
  return line.slice(Math.min(width, line.length - line.trimStart().length));
}

/** @param {string} line */
function withoutCode(line) {
  return line.replace(/(`+)[\s\S]*?\1/g, '``');
}

/** @param {string} prose */
function targetsIn(prose) {
  const defined = DEFINITION.exec(prose)?.[1];
  return [
    ...[LINK, ATTRIBUTE].flatMap((pattern) => [...prose.matchAll(pattern)].map(([, target]) => target)),
    defined,
  ].filter((target) => target !== undefined);
}

/** The anchors of a page's headings, made as GitHub makes them. */
class Slugs {
  /** @type {Map<string, number>} */
  #seen = new Map();
  /** @type {Set<string>} */
  #all = new Set();

  get all() {
    return this.#all;
  }

  /** @param {string} heading */
  add(heading) {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/<[^>]+>/g, '')
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-');
    const before = this.#seen.get(slug);
    this.#seen.set(slug, (before ?? -1) + 1);
    this.#all.add(before === undefined ? slug : `${slug}-${before + 1}`);
  }

  /** @param {string} id */
  addLiteral(id) {
    this.#all.add(id);
  }
}
