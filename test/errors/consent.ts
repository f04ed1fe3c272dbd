import type { Provocation } from './world.ts';

/** What the plugin consent refuses. */
export const consent: Readonly<Record<string, Provocation>> = {};
