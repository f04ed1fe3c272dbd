import type { Flags } from '../command-line.ts';

/** What `parley dev` asks of the server process that it keeps: its first argument, as JSON. */
export interface ChildRequest {
  readonly config: string;
  readonly flags: Flags;
  /** Where the one before listened, so that open pages find this one. */
  readonly port?: number;
  /** Whether to introduce everything, or only to say that it is back. */
  readonly introduce: boolean;
}

/** What the server process tells. */
export type FromChild =
  | { readonly kind: 'imported'; readonly file: string }
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'failed'; readonly code: string };

/** What it is told. */
export interface ToChild {
  readonly kind: 'stop';
}
