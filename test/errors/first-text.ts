import type { Provocation } from './world.ts';

/** What the plugin first-text refuses. */
export const firstText: Readonly<Record<string, Provocation>> = {};
