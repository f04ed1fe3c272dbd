import type { NamesOf, ValuesOf } from './variables.ts';

/** What is said, by key: ICU messages. */
export type Catalogue = Readonly<Record<string, string>>;

/** Catalogues by locale, as BCP 47 names it. */
export type Catalogues = Readonly<Record<string, Catalogue>>;

/** What catalogues have to be: as they are where they fit the one of the default locale, else what is wrong with them. */
export type Fitting<Given extends Catalogues, Default extends keyof Given> = {
  readonly [Locale in keyof Given]: Locale extends Default
    ? Given[Locale]
    : IsRegional<Locale, keyof Given> extends true
      ? Partial<Translated<Given[Default], Given[Locale]>>
      : Translated<Given[Default], Given[Locale]>;
};

/** `es-MX` beside `es`: what it does not say, the other does. */
type IsRegional<Locale, Others> = Locale extends `${infer Language}-${string}`
  ? Language extends Others
    ? true
    : false
  : false;

type Translated<Reference extends Catalogue, Translation extends Catalogue> = {
  readonly [Key in keyof Reference]: Key extends keyof Translation
    ? TranslatedText<Reference[Key], Translation[Key]>
    : string;
} & { readonly [Key in Exclude<keyof Translation, keyof Reference>]: never };

type TranslatedText<Reference extends string, Translation extends string> = string extends Reference | Translation
  ? string
  : [NamesOf<Reference>, NamesOf<Translation>] extends [NamesOf<Translation>, NamesOf<Reference>]
    ? ValuesOf<Reference> extends ValuesOf<Translation>
      ? Translation
      : `a text that takes what {${NamesOf<Reference>}} is in the default locale`
    : [NamesOf<Reference>] extends [never]
      ? 'a text without variables, as in the default locale'
      : `a text with {${NamesOf<Reference>}}, as in the default locale`;
