import { codeOf, type ErrorCode, ParleyError } from '@parley/core';
import { maskNumbers } from './log/mask.ts';

/** What a client is told of an error. */
export interface ErrorAnswer {
  readonly status: number;
  readonly body: { readonly error: { readonly code: ErrorCode; readonly message: string } };
}

/**
 * The answer to a request that failed: an error of Parley's with its code and sentence; what a plugin's route refused by
 * `context.throw(401)` with that status; anything else as `error.platform.server.failed` without a word of what it was.
 */
export function answerTo(error: unknown): ErrorAnswer {
  if (error instanceof ParleyError) return answerWith(error, error.status);
  if (isRefusal(error)) {
    return answerWith(new ParleyError('error.platform.server.refused', { reason: error.message }), error.status);
  }
  return answerWith(new ParleyError('error.platform.server.failed'), 500);
}

function answerWith({ code, message }: ParleyError, status: number): ErrorAnswer {
  return { status, body: { error: { code, message: maskNumbers(message) } } };
}

/** An error of Koa's `context.throw` that is meant for the client to see. */
function isRefusal(error: unknown): error is Error & { readonly status: number } {
  if (!(error instanceof Error)) return false;
  const { expose, status } = error as { readonly expose?: unknown; readonly status?: unknown };
  return expose === true && typeof status === 'number' && status >= 400 && status < 500;
}

/** How much a failed request matters to an operator. */
export function logEntryFor(error: unknown, answer: ErrorAnswer): { level: 'error' | 'warn' | 'info'; fields: object } {
  const fields = { code: answer.body.error.code, status: answer.status };
  if (isRefusal(error)) return { level: error.status === 403 ? 'warn' : 'info', fields };
  if (!(error instanceof ParleyError)) return { level: 'error', fields: { ...fields, thrown: codeOf(error), error } };
  if (error.status >= 500) return { level: 'error', fields: { ...fields, error } };
  // A forged signature is either an attack or a configuration that loses texts; somebody should know.
  return { level: error.status === 403 ? 'warn' : 'info', fields };
}
