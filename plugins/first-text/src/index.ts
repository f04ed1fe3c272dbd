export { type FirstTextOptions, firstText } from './first-text.ts';
export type { Part } from './parts.ts';
export type { Wording } from './wording.ts';
