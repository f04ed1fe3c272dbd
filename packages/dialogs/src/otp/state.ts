import type { Waiting } from '../question/waiting.ts';
import type { Kept } from './code.ts';

/** What the dialog knows of its codes. */
export interface CodeState {
  /** The code that is asked for. */
  readonly kept: Kept | undefined;
  readonly isExpired: boolean;
  /** How many codes were sent. */
  readonly sent: number;
}

export const noCode: CodeState = { kept: undefined, isExpired: false, sent: 0 };

export function codeStateIn({ more }: Waiting): CodeState {
  return more as CodeState;
}
