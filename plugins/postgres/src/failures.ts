import { ParleyError } from '@parley/core';
import { DatabaseError } from 'pg';

/**
 * What PostgreSQL's errors mean. Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */

/** Another transaction was in the way; the same statement will do. */
const IN_THE_WAY: readonly string[] = ['40001', '40P01', '55P03'];

/** The server goes down, comes up, or has no connection left. */
const AWAY = /^(08|57P0|53300)/;

/** Whether the same statement may succeed right away. */
export function isInTheWay(error: unknown): boolean {
  return error instanceof DatabaseError && IN_THE_WAY.includes(error.code ?? '');
}

/**
 * Whether it is the connection that failed, and not what was asked of it: others will fare no better. What is no answer of the
 * server comes from the socket, from node's name lookup or from a clock; pg gives these no class of their own, while mistakes
 * of ours have one (`TypeError`).
 */
export function isAway(error: unknown): boolean {
  const cause = error instanceof ParleyError ? error.cause : error;
  if (cause instanceof DatabaseError) return AWAY.test(cause.code ?? '');
  return cause instanceof AggregateError || (cause instanceof Error && cause.constructor === Error);
}

/** What any error of PostgreSQL is to a caller. */
export function storageFailed(cause: unknown): ParleyError {
  if (cause instanceof ParleyError) return cause;
  if (cause instanceof DatabaseError) withoutRows(cause);
  return new ParleyError('error.platform.storage.failed', {}, { cause });
}

/** PostgreSQL quotes the row that it has refused, texts and numbers included. Those belong into no log. */
function withoutRows(error: DatabaseError): void {
  error.detail = undefined;
  error.where = undefined;
  error.internalQuery = undefined;
}
