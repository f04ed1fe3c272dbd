const LINK = /https?:\/\/[^\s<>"]+/g;

/** A text and the links that were in it, in their order. */
export interface Parted {
  readonly text: string;
  readonly links: readonly string[];
}

/**
 * Takes the links out of a text, so that each can leave as a text of its own: phones show a preview of those only. Punctuation behind a
 * link stays with the text, unless nothing else would be left of a line.
 */
export function partLinks(text: string): Parted {
  const links: string[] = [];
  const lines = text.split('\n').map((line) => {
    let took = false;
    const rest = line.replace(LINK, (found) => {
      const link = found.replace(/[.,;:!?)\]'”’]+$/, '');
      links.push(link);
      took = true;
      return found.slice(link.length);
    });
    if (!took) return line;
    return /[\p{L}\p{N}]/u.test(rest) ? closeGap(rest) : undefined;
  });
  const rest = lines.filter((line) => line !== undefined).join('\n');
  return { text: rest.trim(), links };
}

function closeGap(line: string): string {
  return line
    .replace(/ {2,}/g, ' ')
    .replace(/ ([.,;!?])/g, '$1')
    .replace(/:[.,;]$/, ':')
    .trim();
}
