import { ParleyError } from '@parley/core';
import { maskNumbers } from './mask.ts';

/** Fields that hold what people wrote, whatever the line is about. Compared in lower case. */
const TEXTS = new Set(['text', 'body', 'message', 'messagebody', 'content', 'caption', 'reply', 'note', 'raw']);

/** Fields that hold what opens doors. */
const SECRETS =
  /^(?:authorization|cookie|set-cookie|x-twilio-signature)$|token$|secret$|password$|passwd$|credential|api_?key$/i;

/** An id has digits and no spaces: `{ message: id }` stays readable. */
const ID = /^(?=.*\d)[\w-]{16,64}$/;

const REDACTED = '[redacted]';
const DEEPEST = 5;
const MOST_ENTRIES = 50;
const LONGEST_STRING = 500;

export interface RedactOptions {
  /**
   * Whether to keep the messages of errors that are not Parley's. They can quote a person's text (a bot that parses one as
   * JSON throws an error with the text in it), so the default is not to.
   */
  readonly errorMessages: boolean;
}

/** A copy of a log line's fields that holds no text of a message, no whole phone number and no secret. */
export function redactFields(fields: object, options: RedactOptions): Record<string, unknown> {
  return redactEntries(fields, options, 0);
}

function redactEntries(value: object, options: RedactOptions, depth: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value).slice(0, MOST_ENTRIES)) {
    copy[maskNumbers(key)] = redactField(key, field, options, depth);
  }
  return copy;
}

function redactField(key: string, value: unknown, options: RedactOptions, depth: number): unknown {
  const holdsContent = typeof value === 'string' ? !ID.test(value) : typeof value === 'object' && value !== null;
  if (SECRETS.test(key) && value !== undefined) return REDACTED;
  if (holdsContent && TEXTS.has(key.toLowerCase()) && !(value instanceof Error)) return REDACTED;
  return redactValue(value, options, depth + 1);
}

function redactValue(value: unknown, options: RedactOptions, depth: number): unknown {
  if (typeof value === 'string') return redactString(value);
  if (typeof value === 'bigint') return maskNumbers(String(value));
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return describeError(value, options, depth);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString();
  if (depth > DEEPEST) return '[…]';
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Map) return redactEntries(Object.fromEntries(value), options, depth);
  if (value instanceof Set) return redactList([...value], options, depth);
  if (Array.isArray(value)) return redactList(value, options, depth);
  return redactEntries(value, options, depth);
}

function redactList(values: readonly unknown[], options: RedactOptions, depth: number): unknown[] {
  return values.slice(0, MOST_ENTRIES).map((value) => redactValue(value, options, depth + 1));
}

function redactString(value: string): string {
  const masked = maskNumbers(value);
  return masked.length > LONGEST_STRING ? `${masked.slice(0, LONGEST_STRING)}…` : masked;
}

/** An error as a log line shows it: where it was thrown, its code, and what is safe of what it says. */
function describeError(error: Error, options: RedactOptions, depth: number): Record<string, unknown> {
  const code = 'code' in error ? { code: redactValue(error.code, options, DEEPEST) } : {};
  const quotes = !(error instanceof ParleyError || isSystemError(error) || options.errorMessages);
  return {
    type: redactString(error.name),
    ...code,
    ...(quotes ? {} : { message: redactString(error.message) }),
    frames: framesOf(error),
    ...(error.cause === undefined || depth > DEEPEST ? {} : { cause: redactCause(error.cause, options, depth) }),
  };
}

/** A cause that is no error can be anything, a text too. */
function redactCause(cause: unknown, options: RedactOptions, depth: number): unknown {
  return cause instanceof Error ? describeError(cause, options, depth + 1) : `[${typeof cause}]`;
}

/** `ECONNREFUSED` and its like: their messages come from the operating system. */
function isSystemError(error: Error): boolean {
  return 'syscall' in error && 'errno' in error;
}

/** The stack without the message that V8 puts before it. */
function framesOf(error: Error): readonly string[] {
  return (error.stack ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at ') && /:\d+:\d+\)?$/.test(line))
    .slice(0, 8)
    .map((line) => maskNumbers(line.slice('at '.length)));
}
