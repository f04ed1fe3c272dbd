import { ParleyError } from '@parley/core';
import { maskNumbers } from '@parley/server';
import { placeOf } from './config/explain.ts';

/** One has its place in its sentence, one is nowhere in the project. */
const PLACELESS: ReadonlySet<string> = new Set([
  'error.platform.config.not-loadable',
  'error.platform.command-line.malformed',
]);

/** An error as a person reads it: what is wrong, where in the project, and what was behind it. No phone numbers. */
export function describeError(error: unknown, { folder, verbose }: { folder: string; verbose: boolean }): string {
  const coded = error instanceof ParleyError;
  // Nobody has written a sentence for an error without a code: its stack is all there is.
  if (verbose || !coded) return maskNumbers(error instanceof Error ? stackOf(error) : String(error));
  const place = PLACELESS.has(error.code) ? undefined : placeOf(error, folder);
  const lines = [error.message, ...(place === undefined ? [] : [`  at ${place}`]), ...causesOf(error)];
  return maskNumbers(lines.join('\n'));
}

function causesOf({ code, cause }: ParleyError): string[] {
  if (code === 'error.platform.config.not-loadable') return [];
  return cause instanceof Error ? [`  caused by ${cause.name}: ${cause.message.split('\n', 1)[0]}`] : [];
}

function stackOf(error: Error): string {
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause instanceof Error ? `${own}\nCaused by ${stackOf(error.cause)}` : own;
}
