import * as z from 'zod';
import { actor, conversationSummary } from './conversation.ts';

/** What a plugin knows of a person: a heading, and lines of it. */
const personFacts = z.object({
  plugin: z.string(),
  title: z.string(),
  facts: z.array(
    z.object({
      label: z.string(),
      value: z.string(),
      at: z.number().int().optional(),
      tone: z.enum(['good', 'bad', 'neutral']).optional(),
    }),
  ),
});

/** All that is known of a person. */
export const person = z.object({
  actor,
  conversations: z.array(conversationSummary),
  plugins: z.array(personFacts),
});

const { shape: fields } = actor;

/** Changes to what is known of a person; `null` forgets a field or an attribute. */
export const actorPatch = z
  .object({
    firstName: fields.firstName.nullable(),
    lastName: fields.lastName.nullable(),
    email: fields.email.nullable(),
    timeZone: fields.timeZone.nullable(),
    region: fields.region.nullable(),
    postalCode: fields.postalCode.nullable(),
    locale: fields.locale.nullable(),
    attributes: z.record(z.string(), z.unknown()),
  })
  .partial();

export const erased = z.object({ conversations: z.number().int(), messages: z.number().int() });

export type Person = z.infer<typeof person>;
export type PersonFacts = z.infer<typeof personFacts>;
