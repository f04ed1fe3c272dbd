import { inspect } from 'node:util';
import { type Found, type OutgoingMessage, ParleyError, SendError, type SendFailure } from '@parley/core';
import { expect } from 'vitest';

/** Awaits what should be refused and answers the error. */
export async function refusal(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('It was expected to be refused, and was not.');
}

/** What the engine makes of a send that has thrown: what is no `SendError` came from nobody knows where. */
export function failureOf(error: unknown): SendFailure {
  return error instanceof SendError ? error.failure : 'unknown';
}

/** A send that has failed says so by a `SendError`, with a code, and in words that give nothing away. */
export function expectSendError(error: unknown, message: OutgoingMessage): SendError {
  expect(error).toBeInstanceOf(SendError);
  const failed = error as SendError;
  expect(failed.code).toMatch(/\S/);
  expect(failed.message).toMatch(/\S/);
  expectDiscreet(failed, message);
  return failed;
}

/** A webhook that is not taken in is answered with a status of the caller's fault, and in words that give nothing away. */
export function expectTurnedAway(error: unknown, secrets: Secrets): ParleyError {
  expect(error).toBeInstanceOf(ParleyError);
  const refused = error as ParleyError;
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect(refused.status).toBeLessThan(500);
  expectDiscreet(refused, secrets);
  return refused;
}

/** Whose number and whose words must not be read in errors and logs. */
export type Secrets = Pick<OutgoingMessage, 'to' | 'text'>;

/** Errors end up in logs: none holds a text or a whole number, its causes included. */
export function expectDiscreet(said: unknown, { to, text }: Secrets): void {
  const words = inspect(said, { depth: 10 });
  expect(words).not.toContain(to.includes('+') ? to.slice(to.indexOf('+') + 1) : to);
  if (text !== '') expect(words).not.toContain(text);
}

/** Whether the provider has been found to have a message. */
export function isReceipt(found: Found): found is Exclude<Found, 'undecided' | undefined> {
  return found !== undefined && found !== 'undecided';
}
