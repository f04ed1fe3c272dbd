// For hosts that run an organization themselves: what `parley start` is made of.

export { findConfig } from './config/find.ts';
export { loadOrganization } from './config/load.ts';
export { createIds } from './ids.ts';
export { createRuntime } from './runtime.ts';
