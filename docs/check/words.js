/** What no page may contain, and why. */
const FORBIDDEN = [
  { pattern: /\b(?:TODO|FIXME|XXX|TBD)\b/, why: 'is a note to ourselves: do it, or open an issue' },
  { pattern: /(?<![\w.:/~<>*-])\/(?:home|root|Users|work|mnt|private)\/[\w.]/, why: "is a path of somebody's machine" },
  { pattern: /\b[A-Z]:\\Users\\/, why: "is a path of somebody's machine" },
  { pattern: /\blorem ipsum\b/i, why: 'is a placeholder' },
];

/**
 * @param {ReadonlyMap<string, import('./markdown.js').Page>} pages
 * @returns {string[]}
 */
export function findForbiddenWords(pages) {
  return [...pages].flatMap(([path, { lines }]) =>
    lines.flatMap((line, index) =>
      FORBIDDEN.flatMap(({ pattern, why }) => {
        const found = pattern.exec(line);
        return found === null ? [] : [`${path}:${index + 1}: ${found[0]} ${why}`];
      }),
    ),
  );
}
