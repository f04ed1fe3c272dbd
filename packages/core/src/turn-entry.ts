// @parley/core/turn: turns without an engine and without a storage, for tools that take them in memory.

export { type AppRuntime, createAppRuntime, type HostedBot } from './app-runtime.ts';
export type { TurnContext, Worker } from './draft.ts';
export { type TurnEvent, type TurnResult, takeTurn } from './turn.ts';
