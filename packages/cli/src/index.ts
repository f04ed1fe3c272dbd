// For hosts that run an organization themselves: how the command finds and loads it.

export { findConfig } from './config/find.ts';
export { loadOrganization } from './config/load.ts';
