export type { Catalogue, Catalogues } from './catalogues.ts';
export { defineTexts, type TextExpression, type Texts, type TextsOptions } from './define-texts.ts';
export type { Value, ValuesOf } from './variables.ts';
export type { TextWarning } from './warnings.ts';
