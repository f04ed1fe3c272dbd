import { malformed } from './malformed.ts';
import { fold, plain, tidy } from './reading/tidy.ts';

/** One of several things to choose from. */
export interface Option<Id extends string = string> {
  readonly id: Id;
  /** How it is shown. Default: its id. */
  readonly label?: string;
  /** What else people say for it. */
  readonly matches?: readonly string[];
}

/** What an option of a record may be: what people say for it, or that and how it is shown. */
export type OptionWords = readonly string[] | Omit<Option, 'id'>;

/**
 * Options in the order in which they are numbered: ids, options, or a record by id.
 *
 * A record whose ids are whole numbers is in numeric order whatever its source says, as JavaScript has it; use a list there.
 */
export type Options = readonly (string | Option)[] | Readonly<Record<string, OptionWords>>;

/** The ids of options: `'small' | 'large'`. */
export type OptionId<Given extends Options> = Given extends readonly (infer Each)[]
  ? Each extends string
    ? Each
    : Each extends { readonly id: infer Id extends string }
      ? Id
      : never
  : Extract<keyof Given, string>;

/** Options, whichever way they were given, as a list. */
export function optionsOf<const Given extends Options>(given: Given): readonly Option<OptionId<Given>>[] {
  const options: readonly Option[] = isList(given)
    ? given.map((option) => (typeof option === 'string' ? { id: option } : option))
    : Object.entries(given as Readonly<Record<string, OptionWords>>).map(([id, words]) =>
        isList(words) ? { id, matches: words } : { id, ...(words as Omit<Option, 'id'>) },
      );
  return options as readonly Option<string & OptionId<Given>>[];
}

/** Narrows to lists that cannot be written to as well, which `Array.isArray` does not. */
function isList<Value>(value: Value): value is Extract<Value, readonly unknown[]> {
  return Array.isArray(value);
}

/** What people text for an option. */
export function sampleOf({ id, matches: [first = id] = [] }: Option): string {
  return first;
}

/** An option as texts are compared with it. */
export interface NamedOption<Id extends string = string> {
  readonly id: Id;
  /** Folded words, each name once. */
  readonly names: readonly (readonly string[])[];
  /** Names without a word in them: emoji. */
  readonly signs: readonly string[];
}

/**
 * The names of options: id, label and matches.
 *
 * @throws `error.platform.config.malformed` if there are no options, or two of the same id.
 */
export function namedOptions<Id extends string>(
  options: readonly Option<Id>[],
  where: string,
): readonly NamedOption<Id>[] {
  if (options.length === 0) throw malformed(where, 'there are no options');
  const twice = options.find(({ id }, index) => options.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined) throw malformed(where, `two options have the id ${twice.id}`);
  return options.map(({ id, label, matches = [] }) => {
    const given = [...idNames(id), ...(label === undefined ? [] : [label]), ...matches];
    const names = [...new Set(given.map(plain))].filter((name) => name !== '').map((name) => name.split(' '));
    const signs = given.filter((name) => plain(name) === '').map(signOf);
    return { id, names, signs: [...new Set(signs)].filter((sign) => sign !== '') };
  });
}

/** `extraLarge` is said `extra large`. */
function idNames(id: string): readonly string[] {
  return [id, id.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')];
}

/** A text without letters, as it is compared: skin tones aside. */
export function signOf(text: string): string {
  return fold(tidy(text)).replace(/\p{Emoji_Modifier}/gu, '');
}
