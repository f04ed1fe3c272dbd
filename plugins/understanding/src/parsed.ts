/** What a parser of `@parley/dialogs` makes of a text. */
export type Parsed<Value> =
  | { readonly understood: true; readonly value: Value }
  | {
      readonly understood: false;
      readonly problem: { readonly code: string; readonly details?: Readonly<Record<string, unknown>> };
    };
