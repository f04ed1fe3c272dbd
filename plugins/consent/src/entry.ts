import { address, type ConsentEntry, isAddress, type MessageCategory, ParleyError } from '@parley/core';
import * as z from 'zod';
import { canonicalJson, isPlainJson } from './canonical.ts';

/** All categories of messages, in the order in which they are kept and shown. */
export const CATEGORIES = [
  'marketing',
  'informational',
  'conversational',
  'emergency',
] as const satisfies readonly MessageCategory[];

/** What an entry that names no category is about: texts of an emergency go on unless somebody refuses just them. */
export const USUAL_CATEGORIES: readonly MessageCategory[] = CATEGORIES.filter((category) => category !== 'emergency');

export const KINDS = ['given', 'revoked'] as const satisfies readonly ConsentEntry['kind'][];

export const WAYS = [
  'text',
  'web',
  'paper',
  'voice',
  'operator',
  'provider',
  'import',
] as const satisfies readonly ConsentEntry['how'][];

/** The last moment that a `Date` can hold. */
const LAST_MOMENT = 8.64e15;

/** How long what goes with an entry may be as JSON, in characters. */
const LONGEST_DATA = 16_384;

const evidenceSchema = z.strictObject({
  words: z.string().max(10_000).optional(),
  source: z.string().max(2_000).optional(),
  message: z.string().max(200).optional(),
  data: z
    .unknown()
    .refine((data) => data === undefined || isPlainJson(data), 'data is plain JSON, no more than 32 levels deep')
    .refine(
      (data) => data === undefined || !isPlainJson(data) || canonicalJson(data).length <= LONGEST_DATA,
      `data has ${LONGEST_DATA} characters of JSON at most`,
    )
    .optional(),
});

/** What comes in from outside; the moment may be a number or, where people write it, an ISO date-time. */
const entrySchema = z.strictObject({
  id: z.string().min(1).max(200),
  kind: z.enum(KINDS),
  person: z
    .string()
    .refine(isAddress, 'a person is named by a phone number in E.164, with a plus sign and the country code'),
  app: z.string().min(1).max(200).optional(),
  categories: z.array(z.enum(CATEGORIES)).min(1).optional(),
  at: z.number().min(0).max(LAST_MOMENT),
  how: z.enum(WAYS),
  evidence: evidenceSchema.optional(),
});

/**
 * Takes something as an entry of the ledger.
 *
 * @param apps the ids of the organization's apps.
 * @throws `error.platform.consent.malformed`, which says what is wrong and never with whom; `error.platform.app.unknown`
 */
export function parseEntry(value: unknown, apps: readonly string[]): ConsentEntry {
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success) throw new ParleyError('error.platform.consent.malformed', { problem: problemOf(parsed.error) });
  const { app, categories, evidence, person, ...rest } = parsed.data;
  if (app !== undefined && !apps.includes(app)) {
    throw new ParleyError('error.platform.app.unknown', { app, known: apps.join(', ') });
  }
  return {
    ...rest,
    person: address(person),
    ...(app === undefined ? {} : { app }),
    ...(categories === undefined ? {} : { categories: CATEGORIES.filter((one) => categories.includes(one)) }),
    ...(evidence === undefined ? {} : { evidence: withoutGaps(evidence) as NonNullable<ConsentEntry['evidence']> }),
  };
}

function problemOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`)).join('; ');
}

function withoutGaps(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}
