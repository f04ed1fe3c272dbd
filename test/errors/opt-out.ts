import type { Provocation } from './world.ts';

/** What the plugin opt-out refuses. */
export const optOut: Readonly<Record<string, Provocation>> = {};
