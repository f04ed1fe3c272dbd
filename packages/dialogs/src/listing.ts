import { type Option, type Options, optionsOf } from './parsers/choice-options.ts';

/** How options are listed: `1 tea`, `A tea`, or not at all. */
export type ListStyle = 'numbers' | 'letters' | 'none';

/** A line for each option. */
export function linesOf(options: Options, style: ListStyle): readonly string[] {
  if (style === 'none') return [];
  return optionsOf(options).map((option, index) => {
    const sign = style === 'numbers' ? index + 1 : String.fromCharCode('A'.charCodeAt(0) + index);
    return `${sign} ${labelOf(option)}`;
  });
}

export function labelOf({ id, label }: Option): string {
  return label ?? spaced(id);
}

/** `extraLarge` as people write it. */
export function spaced(id: string): string {
  return id.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ').toLowerCase();
}

/** `ham, olives or mushrooms` */
export function anyOf(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
