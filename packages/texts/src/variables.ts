/** What may stand for a variable of a text. */
export type Value = string | number | boolean | Date;

/** The values that a text needs: `{ name: string | number }` of `Hello {name}`. Of a text that is not known as a literal, anything. */
export type ValuesOf<Text extends string> = string extends Text
  ? Readonly<Record<string, Value>>
  : Found<WithoutQuotes<Text>> extends infer Occurrences
    ? Merge<Extract<Occurrences, Occurrence>>
    : never;

/** The variables of a text, as a list in braces. */
export type NamesOf<Text extends string> = keyof ValuesOf<Text> & string;

/** A variable where it occurs: its name, and what it takes there. As a function, so that those of one name are intersected. */
type Occurrence = readonly [name: string, takes: (value: never) => void];

type Merge<Occurrences extends Occurrence> = {
  readonly [Name in Occurrences[0]]: Extract<Occurrences, readonly [Name, unknown]>[1] extends (
    value: infer Type,
  ) => void
    ? Type
    : never;
};

/** Inside of what a brace is: a text, or the arms of a plural or a select. */
type Inside = 'text' | 'arms';

/** Reads a message from brace to brace, with a stack of what it is inside of. A tail call, so that long messages do. */
type Found<Text extends string, Stack extends readonly Inside[] = ['text'], Occurrences extends Occurrence = never> =
  ToBrace<Text> extends readonly [string, infer Brace, infer Rest extends string]
    ? Stack extends readonly [infer Top, ...infer Below extends readonly Inside[]]
      ? Brace extends '}'
        ? Found<Rest, Below, Occurrences>
        : Top extends 'arms'
          ? Found<Rest, ['text', ...Stack], Occurrences>
          : ToBrace<Rest> extends readonly [infer Head extends string, infer Next, infer After extends string]
            ? Next extends '}'
              ? Found<After, Stack, Occurrences | Argument<Head>>
              : Found<After, ['text', 'arms', ...Stack], Occurrences | Argument<Head>>
            : Occurrences
      : Occurrences
    : Occurrences;

/** What is before the next brace, the brace, and what is after it. */
type ToBrace<Text extends string> = Text extends `${infer Before}{${infer After}`
  ? Before extends `${string}}${string}`
    ? ToClosing<Text>
    : readonly [Before, '{', After]
  : ToClosing<Text>;

type ToClosing<Text extends string> = Text extends `${infer Before}}${infer After}`
  ? readonly [Before, '}', After]
  : undefined;

/** `name`, `day, date, medium`, `count, plural, one ` */
type Argument<Head extends string> = Head extends `${infer Name},${infer Rest}`
  ? readonly [Trimmed<Name>, (value: TypeOf<Trimmed<Rest extends `${infer Kind},${string}` ? Kind : Rest>>) => void]
  : readonly [Trimmed<Head>, (value: string | number) => void];

type TypeOf<Kind extends string> = Kind extends 'plural' | 'selectordinal' | 'number'
  ? number
  : Kind extends 'date' | 'time'
    ? Date | number
    : string | number | boolean;

type Trimmed<Text extends string> = Text extends `${Space}${infer Rest}`
  ? Trimmed<Rest>
  : Text extends `${infer Rest}${Space}`
    ? Trimmed<Rest>
    : Text;

type Space = ' ' | '\n' | '\t' | '\r';

/** Two apostrophes are one; between an apostrophe ahead of a brace and the next apostrophe nothing means anything. */
type WithoutQuotes<Text extends string> = Text extends `${infer Before}''${infer After}`
  ? WithoutQuotes<`${Before}${After}`>
  : WithoutQuoted<Text>;

type WithoutQuoted<Text extends string> = Text extends `${infer Before}'${'{' | '}'}${infer Rest}`
  ? Rest extends `${string}'${infer After}`
    ? WithoutQuoted<`${Before}${After}`>
    : Before
  : Text;
