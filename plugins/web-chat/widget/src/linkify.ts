/** A piece of a text: plain, or a link. */
export type Piece = { readonly text: string; readonly href?: string };

const CANDIDATE = /\bhttps?:\/\/[^\s<>"']+/gi;
const TRAILING = /[.,;:!?…'"»”’]+$/;

/** Splits a text into plain pieces and http(s) links. Never makes a link of anything else. */
export function linkify(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const shown = withoutTrailing(match[0]);
    if (!URL.canParse(shown)) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: shown, href: new URL(shown).href });
    end = match.index + shown.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** A full stop ends the sentence, and a bracket that was opened before the link is closed after it. */
function withoutTrailing(link: string): string {
  let shown = link.replace(TRAILING, '');
  while (shown.endsWith(')') && shown.split('(').length < shown.split(')').length) {
    shown = shown.slice(0, -1).replace(TRAILING, '');
  }
  return shown;
}
