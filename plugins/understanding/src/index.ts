export type { Confusion } from './confusions.ts';
export { type Intents, type IntentsOptions, intents, type Understood } from './intents.ts';
export type { Guess } from './ranking.ts';
