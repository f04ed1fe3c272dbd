import type * as z from 'zod';

/**
 * Who may use a route. Each may do what those before it may: a `viewer` sees everything with numbers masked, an `agent` sees numbers and
 * answers people, an `operator` changes and erases. `public`: anybody, signed in or not.
 */
export const ROLES = ['viewer', 'agent', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** One thing that can be asked of the API. */
export interface Route {
  /** What it does, in a line. */
  readonly summary: string;
  readonly role: Role | 'public';
  /** What stands in the path. */
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** What is answered, with 200. */
  readonly response: z.ZodType;
  /** How it is answered. Default `json`. */
  readonly type?: 'json' | 'csv' | 'events' | 'bytes' | 'redirect';
  /** Under which name it goes into the audit log; what only reads is not in there, but for exports. */
  readonly audit?: string;
}

/** Keeps the exact types of a route. */
export function route<const Definition extends Route>(definition: Definition): Definition {
  return definition;
}
