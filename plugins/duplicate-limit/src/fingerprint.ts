import { createHash } from 'node:crypto';
import { type OutboundView, personOf } from '@parley/core';

/** Where equal texts to one person are duplicates: within an app, or wherever they come from. */
export type Scope = 'app' | 'organization';

/** Hexadecimal digits that are kept of a SHA-256: 128 bits, with which no two texts of one window meet by chance. */
const DIGITS = 32;

/**
 * Names a text to a person in a scope. Neither the text nor the number can be read from it.
 *
 * What is compared is what was said, before the rewrites of plugins: a footer that is added to the first text only, or that differs
 * each time, makes no other text of it.
 */
export function fingerprint({ app, record, message }: OutboundView, scope: Scope): string {
  const where = scope === 'app' ? app.id : null;
  const what = [where, personOf(message.to), fold(record.text), message.media.map(({ url }) => url)];
  return createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, DIGITS);
}

/** White space, and characters that only say where a line or a word may break: people see no difference. */
const SPACE = /\s+/gu;
const INVISIBLE = /[\u00AD\u200B\u2060\uFEFF]/gu;

/** A text as people see it: composed (Unicode NFC), every run of white space a single blank. Upper and lower case differ. */
export function fold(text: string): string {
  return text.normalize('NFC').replace(INVISIBLE, '').replace(SPACE, ' ').trim();
}
