import type { Provocation } from './world.ts';

/** What the plugin duplicate-limit refuses. */
export const duplicateLimit: Readonly<Record<string, Provocation>> = {};
