// For tests of bots, and for commands.

export type { BotOrMachine } from './bot.ts';
export { type DiagnoseOptions, type Diagnosis, diagnose } from './diagnose/diagnose.ts';
export { type DiagramOptions, toMermaid, toSvg } from './diagram/diagram.ts';
export { durationWords, type EventSource, eventWords } from './diagram/event-words.ts';
export { type Exploration, type ExploredState, explore, type SaidText } from './explore/explore.ts';
export { describeHappening, type Happening } from './explore/happening.ts';
export type { ExploreOptions } from './explore/options.ts';
export { type Finding, type Rule, rules } from './finding.ts';
export type { SampleActor, Samples, SampleText } from './samples.ts';
