import type { Provocation } from './world.ts';

/** What the plugin tcpa refuses. */
export const tcpa: Readonly<Record<string, Provocation>> = {};
