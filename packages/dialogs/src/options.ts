import { parseOptions } from '@parley/core';
import * as z from 'zod';
import { malformed } from './parsers/malformed.ts';
import { patienceUnlessSet } from './question/silence.ts';
import type { Phrase, Words } from './words.ts';

// What options have to be like. Types say much of it; this is for what they can not see, and for JavaScript.

const functionSchema = z.custom<(about: object) => unknown>((value) => typeof value === 'function', 'write a function');

const phraseSchema = z.custom<Phrase>(
  (value) => (typeof value === 'string' && value !== '') || typeof value === 'function' || isLocalised(value),
  'write words, or a function that makes them',
);

const wordsSchema = z.custom<Words>(
  (value) =>
    Array.isArray(value)
      ? value.length > 0 && value.every((one) => phraseSchema.safeParse(one).success)
      : phraseSchema.safeParse(value).success,
  'write words, a function that makes them, or a list of those',
);

const milliseconds = z.number().positive();
const count = z.number().int().positive();
const matches = z.array(z.string().min(1)).min(1);

/** What all dialogs can be told besides their prompt. */
const common = {
  id: z.string().min(1).optional(),
  types: z.unknown().optional(),
  attempts: count.optional(),
  problems: z.union([functionSchema, z.record(z.string(), wordsSchema)]).optional(),
  commands: z
    .strictObject({
      explain: z.strictObject({ matches, words: wordsSchema }).optional(),
      back: matches.optional(),
      leave: matches.optional(),
    })
    .optional(),
  reminders: z.array(z.strictObject({ after: milliseconds, words: phraseSchema })).optional(),
  patience: milliseconds.optional(),
};

const asking = {
  ...common,
  prompt: wordsSchema,
  media: z.array(z.looseObject({ url: z.string() })).optional(),
};

const choosing = {
  ...asking,
  options: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]),
  list: z.enum(['numbers', 'letters', 'none']).optional(),
  otherwise: wordsSchema.optional(),
};

const schemas = {
  capture: z.strictObject({ ...asking, parse: functionSchema, check: functionSchema.optional() }),
  menu: z.strictObject(choosing),
  confirm: z.strictObject(asking),
  checklist: z.strictObject({ ...choosing, min: z.number().int().nonnegative().optional(), max: count.optional() }),
  collectMedia: z.strictObject({
    ...asking,
    min: count.optional(),
    max: count.optional(),
    accept: z
      .array(z.string().regex(/^[a-z]+\/[\w.+*-]+$/, 'write a MIME type, such as image/*'))
      .min(1)
      .optional(),
    maxSize: z.number().positive().optional(),
    done: matches.optional(),
    received: functionSchema.optional(),
    pause: milliseconds.optional(),
  }),
  otp: z.strictObject({
    ...common,
    prompt: wordsSchema.optional(),
    digits: count.min(4).max(10).optional(),
    validFor: milliseconds.optional(),
    resends: z.number().int().nonnegative().optional(),
    resendWords: matches.optional(),
    secret: z.string().optional(),
    text: functionSchema.optional(),
    send: functionSchema.optional(),
    task: z.unknown().optional(),
  }),
  form: z.strictObject({
    ...common,
    fields: z.record(z.string().regex(/^[^.#]+$/, 'a field is named without dots and #'), z.unknown()),
    when: z.record(z.string(), functionSchema).optional(),
    known: functionSchema.optional(),
    labels: z.record(z.string(), z.string().min(1).optional()).optional(),
    review: z.union([z.literal(false), functionSchema]).optional(),
    right: wordsSchema.optional(),
    change: wordsSchema.optional(),
    changes: z.number().int().nonnegative().optional(),
  }),
} satisfies Readonly<Record<string, z.ZodType>>;

/**
 * Makes sure of the options of a dialog.
 *
 * @throws `error.platform.config.malformed`
 */
export function requireOptions(kind: keyof typeof schemas, options: object): void {
  parseOptions(schemas[kind], options, kind);
  const problem = remindersProblem(options) ?? limitsProblem(options) ?? fieldsProblem(options);
  if (problem !== undefined) throw malformed(kind, problem);
}

interface Timed {
  readonly reminders?: readonly { readonly after: number }[];
  readonly patience?: number;
}

function remindersProblem({ reminders = [], patience = patienceUnlessSet }: Timed): string | undefined {
  const moments = [...reminders.map(({ after }) => after), patience];
  const isInOrder = moments.every((moment, index) => index === 0 || moment > (moments[index - 1] ?? 0));
  return isInOrder ? undefined : 'reminders: each comes later than the one before it, and all before patience is over';
}

function limitsProblem({ min = 0, max = Number.POSITIVE_INFINITY }: { readonly min?: number; readonly max?: number }) {
  return min > max ? 'min is greater than max' : undefined;
}

/** What is said of a field is said of one that there is. */
function fieldsProblem(options: { readonly fields?: object; readonly when?: object; readonly labels?: object }) {
  const { fields, when = {}, labels = {} } = options;
  if (fields === undefined) return undefined;
  const names = Object.keys(fields);
  if (names.length === 0) return 'fields: there are none';
  const unknown = [...Object.keys(when), ...Object.keys(labels)].find((name) => !names.includes(name));
  return unknown === undefined ? undefined : `${unknown} is no field (there are ${names.join(', ')})`;
}

function isLocalised(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'in' in value && 'wordings' in value;
}
