import type { Provocation } from './world.ts';

/** What the plugin notifications refuses. */
export const notifications: Readonly<Record<string, Provocation>> = {};
