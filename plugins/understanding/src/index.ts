// By examples.

export type { Confusion } from './confusions.ts';
export { type Intents, type IntentsOptions, intents, type Understood } from './intents.ts';
export { understanding } from './plugin.ts';
export type { Example, Guess } from './ranking.ts';

// By a model.

export { type ModelOptions, model } from './model/model.ts';
export type { EndpointOptions, Question } from './model/options.ts';

// By both.

export { type Meaning, type UnderstandWithOptions, understandWith } from './understand-with.ts';
