import { type ErrorCode, errorRegistry, SendError } from '@parley/core';
import type { CallTrace } from './http-client.ts';
import { providerError, retryDelays } from './provider-errors.ts';

/**
 * Says what a failed call means for the message: whether Twilio will never take it, surely has not taken it yet, or
 * whether nobody knows.
 *
 * Twilio has no idempotency key on create, so everything that may have reached it and was not clearly refused is
 * `unknown`: a timeout, a connection that broke, a 5xx.
 */
export function sendError(error: unknown, trace: CallTrace): SendError {
  if (error instanceof SendError) return error;
  const answer = answerOf(error);
  if (answer !== undefined) return answered(answer, trace, error);
  if (!trace.begun || neverConnected(error)) return ours('retry', 'error.platform.send.unreachable', error);
  if (trace.timedOut || isTimeout(error)) return ours('unknown', 'error.platform.send.timeout', error);
  return ours('unknown', 'error.platform.send.interrupted', error);
}

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
}

function answered({ status, code }: Answer, trace: CallTrace, cause: unknown): SendError {
  const known = code === undefined ? undefined : providerError(code);
  const reason = known === undefined ? `Twilio answered with HTTP ${status}.` : `${known.meaning} ${known.advice}`;
  // 429 means "not processed", whatever the code.
  if (status === 429) {
    return new SendError('retry', code ?? '20429', reason, { ...waiting(trace.retryAfter, cause), isForAll: true });
  }
  if (status < 400 || status >= 500 || status === 408) {
    return code === undefined
      ? ours('unknown', 'error.platform.send.interrupted', cause)
      : new SendError('unknown', code, reason, { cause: causeOf(cause) });
  }
  const retry = known?.retry ?? (status === 401 || status === 403 ? 'fixed' : 'never');
  if (retry === 'never') return new SendError('refused', code ?? `http-${status}`, reason, { cause: causeOf(cause) });
  return new SendError(
    'retry',
    code ?? `http-${status}`,
    reason,
    // Credentials and the like concern every message of the account.
    { ...waiting(trace.retryAfter ?? retryDelays[retry], cause), isForAll: retry === 'fixed' },
  );
}

function waiting(retryAfter: number | undefined, cause: unknown): { retryAfter?: number; cause: unknown } {
  return { ...(retryAfter === undefined ? {} : { retryAfter }), cause: causeOf(cause) };
}

function ours(failure: 'retry' | 'unknown', code: ErrorCode, cause: unknown): SendError {
  return new SendError(failure, code, `${errorRegistry[code].message} [${code}]`, { cause: causeOf(cause) });
}

/** The SDK's two exception classes both carry the status and the code of Twilio's answer. */
function answerOf(error: unknown): Answer | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error) || typeof error.status !== 'number') {
    return undefined;
  }
  const code = 'code' in error && (typeof error.code === 'number' || typeof error.code === 'string') ? error.code : '';
  return { status: error.status, code: code === '' || code === 0 ? undefined : String(code) };
}

/**
 * Twilio's own sentence quotes numbers ("The 'To' number +1415… is not valid"), so that the exception may not travel
 * on into logs; its status and code, which say the same, may.
 */
function causeOf(error: unknown): unknown {
  const answer = answerOf(error);
  if (answer === undefined) return error;
  return new Error(`Twilio answered with HTTP ${answer.status}, code ${answer.code ?? 'none'}.`);
}

/** The system calls of connecting; an error of these came before a byte of the request. */
const CONNECTING = new Set(['connect', 'getaddrinfo']);

const CONNECT_ERRORS = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function neverConnected(error: unknown): boolean {
  const { code, syscall } = describe(error);
  return (code !== undefined && CONNECT_ERRORS.has(code)) || (syscall !== undefined && CONNECTING.has(syscall));
}

function isTimeout(error: unknown): boolean {
  const { code } = describe(error);
  return code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT' || code === 'ETIMEDOUT';
}

function describe(error: unknown): { readonly code: string | undefined; readonly syscall: string | undefined } {
  if (typeof error !== 'object' || error === null) return { code: undefined, syscall: undefined };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const syscall = 'syscall' in error && typeof error.syscall === 'string' ? error.syscall : undefined;
  return { code, syscall };
}
