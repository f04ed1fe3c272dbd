import { codeOf, type ErrorCode, ParleyError } from '@parley/core';
import { maskNumbers } from './log/mask.ts';

/** What a client is told of an error. */
export interface ErrorAnswer {
  readonly status: number;
  readonly body: { readonly error: { readonly code: ErrorCode; readonly message: string } };
}

/**
 * The answer to a request that failed: an error of Parley's with its code and sentence, anything else as
 * `error.platform.server.failed` without a word of what it was.
 */
export function answerTo(error: unknown): ErrorAnswer {
  const known = error instanceof ParleyError ? error : new ParleyError('error.platform.server.failed');
  return { status: known.status, body: { error: { code: known.code, message: maskNumbers(known.message) } } };
}

/** How much a failed request matters to an operator. */
export function logEntryFor(error: unknown, answer: ErrorAnswer): { level: 'error' | 'warn' | 'info'; fields: object } {
  const fields = { code: answer.body.error.code, status: answer.status };
  if (!(error instanceof ParleyError)) return { level: 'error', fields: { ...fields, thrown: codeOf(error), error } };
  if (error.status >= 500) return { level: 'error', fields: { ...fields, error } };
  // A forged signature is either an attack or a configuration that loses texts; somebody should know.
  return { level: error.status === 403 ? 'warn' : 'info', fields };
}
