import { type ErrorCode, isAddress, ParleyError } from '@parley/core';
import * as z from 'zod';
import { takeData } from '../definition/data.ts';
import type { Notification } from '../definition/notification.ts';

/** Somebody on a list: an address, or an address with data for the text. */
export type Recipient = string | { readonly to: string; readonly data?: Readonly<Record<string, unknown>> };

/** A line of a list: what it says, or why it could not be read. */
export type ListLine = { readonly line: number } & (
  | { readonly value: unknown; readonly problem?: never }
  | { readonly problem: string; readonly value?: never }
);

/** Somebody who will be texted. Kept until then. */
export interface Listed {
  readonly to: string;
  readonly data?: Readonly<Record<string, unknown>>;
  /** Where they are on the list, from 1 on. */
  readonly line: number;
}

/** A line that was left out. Says nothing of who was on it. */
export interface Malformed {
  /** From 1 on; of a CSV the line on which its record begins. */
  readonly line: number;
  readonly code: ErrorCode;
  readonly reason: string;
}

const recipientSchema = z.union(
  [
    z.string().transform((to) => ({ to })),
    z.strictObject({ to: z.string(), data: z.record(z.string(), z.unknown()).optional() }),
  ],
  'expected an address, or { to, data }',
);

/**
 * Takes a line of a list, with its data looked at.
 *
 * @throws `error.platform.notification.recipient-malformed`, `error.platform.notification.data-malformed`
 */
export function takeRecipient(notification: Notification, { line, value, problem }: ListLine): Listed {
  if (problem !== undefined) throw malformed(problem);
  const parsed = recipientSchema.safeParse(value);
  if (!parsed.success) throw malformed(parsed.error.issues[0]?.message ?? 'it can not be read');
  const { to, data } = parsed.data as { readonly to: string; readonly data?: Readonly<Record<string, unknown>> };
  if (!isAddress(to.trim()))
    throw malformed('its address is none: write it as E.164, with a plus sign and the country code');
  takeData(notification, data);
  return { to: to.trim(), line, ...(data === undefined ? {} : { data }) };
}

function malformed(problem: string): ParleyError {
  return new ParleyError('error.platform.notification.recipient-malformed', { problem });
}
