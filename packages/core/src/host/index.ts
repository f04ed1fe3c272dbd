// @parley/core/host: XState machines on plain JSON, without the rest of Parley.

export type { ActorPath } from './actor-tree.ts';
export { type CodecMeta, decode, type Encoded, encode } from './codec.ts';
export {
  type HostDocument,
  type HostEvent,
  type HostStep,
  type HostTask,
  type HostTimer,
  nextTimer,
  readSnapshot,
  stateValueOf,
  withoutSource,
  withSnapshot,
} from './document.ts';
export { createHost, type Host, type HostOptions } from './host.ts';
export type { HostMove } from './life.ts';
export { kindOf, type TaskContext, type TaskFunction } from './logic.ts';
export { outlineOf, type StateOutline } from './outline.ts';
export { findUnserialisable, type Unserialisable } from './serialisable.ts';
export type { PersistedChild, PersistedSnapshot } from './snapshot.ts';
export { machinesOf, metaAround, nodesOf } from './state-meta.ts';
