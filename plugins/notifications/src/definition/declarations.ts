import { DateTime } from 'luxon';
import * as z from 'zod';

/** What a variable of a notification is. Dates are ISO 8601, milliseconds since the epoch, or a `Date`. */
export type VariableType = 'text' | 'number' | 'boolean' | 'date' | 'link';

/** A variable with more to say of it. */
export interface VariableOptions {
  readonly type: VariableType;
  /** Whether it may be left out. Default `false`. */
  readonly optional?: boolean;
  /** Of a text or a link: how many characters it has at most. Default: as many as a message takes. */
  readonly maxLength?: number;
  /** What it may look like, for the example that lengths are measured by. */
  readonly example?: string | number | boolean;
}

/** The variables of a notification by name. */
export type Declarations = Readonly<Record<string, VariableType | VariableOptions>>;

/** What has to be given for variables that are declared so. */
export type DataOf<Data> = Data extends z.ZodObject
  ? z.input<Data>
  : Data extends Declarations
    ? { readonly [Name in RequiredOf<Data>]: ValueOf<Data[Name]> } & {
        readonly [Name in Exclude<keyof Data, RequiredOf<Data>>]?: ValueOf<Data[Name]> | undefined;
      }
    : Readonly<Record<string, unknown>>;

type RequiredOf<Data> = {
  [Name in keyof Data]: Data[Name] extends { readonly optional: true } ? never : Name;
}[keyof Data];

type ValueOf<Variable> = Variable extends { readonly type: infer Type } ? ValueOf<Type> : ValueOfType<Variable>;

type ValueOfType<Type> = Type extends 'number'
  ? number
  : Type extends 'boolean'
    ? boolean
    : Type extends 'date'
      ? string | number | Date
      : string;

/** The root names that are not for variables of a notification. */
export const RESERVED = ['actor', 'app', 'organization'] as const;

const nameSchema = z
  .string()
  .regex(/^[A-Za-z_]\w*$/, 'a variable is named by letters, digits and underscores')
  .refine((name) => !(RESERVED as readonly string[]).includes(name), `${RESERVED.join(', ')} are there already`);

const typeSchema = z.enum(['text', 'number', 'boolean', 'date', 'link']);

export const declarationsSchema = z.record(
  nameSchema,
  z.union([
    typeSchema,
    z.strictObject({
      type: typeSchema,
      optional: z.boolean().optional(),
      maxLength: z.number().int().positive().optional(),
      example: z.union([z.string(), z.number(), z.boolean()]).optional(),
    }),
  ]),
);

export const shapeNamesSchema = z.array(nameSchema);

/** Longer than any message. */
const LONGEST = 1600;

export function schemaOf(declarations: Declarations): z.ZodObject {
  return z.strictObject(
    Object.fromEntries(
      Object.entries(declarations).map(([name, declaration]) => {
        const { type, optional = false, maxLength = LONGEST } = optionsOf(declaration);
        const schema = valueSchema(type, maxLength);
        return [name, optional ? schema.optional() : schema];
      }),
    ),
  );
}

function valueSchema(type: VariableType, maxLength: number): z.ZodType {
  switch (type) {
    case 'text':
      return z.string().max(maxLength);
    case 'link':
      return z.url({ protocol: /^https?$/, error: 'expected a link with http:// or https://' }).max(maxLength);
    case 'number':
      return z.number();
    case 'boolean':
      return z.boolean();
    case 'date':
      return z.union([z.date(), z.number(), z.string().refine(isDate, NO_DATE)], NO_DATE);
  }
}

const NO_DATE = 'expected a date in ISO 8601, or milliseconds';

function isDate(value: string): boolean {
  return DateTime.fromISO(value.trim()).isValid;
}

/** A person's Tuesday, where nothing else is said. */
const EXAMPLE_DATE = '2026-12-01T09:00:00';

const EXAMPLES: Readonly<Record<VariableType, string | number | boolean>> = {
  text: 'Something',
  link: 'https://example.com/a1b2c3',
  number: 12,
  boolean: true,
  date: EXAMPLE_DATE,
};

/** Data that a text may be given. */
export function exampleOf(declarations: Declarations): Readonly<Record<string, unknown>> {
  return mapOptions(declarations, ({ type, example, maxLength }) => {
    const value = example ?? EXAMPLES[type];
    return typeof value === 'string' && example === undefined ? value.slice(0, maxLength) : value;
  });
}

/** Data that makes a text as long as it gets, where a longest is declared. */
export function longestOf(declarations: Declarations): Readonly<Record<string, unknown>> {
  return mapOptions(declarations, ({ type, example, maxLength }) => {
    if (maxLength !== undefined && (type === 'text' || type === 'link')) return 'm'.repeat(maxLength);
    return example ?? EXAMPLES[type];
  });
}

function mapOptions(
  declarations: Declarations,
  valueFor: (options: VariableOptions) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(declarations).map(([name, declaration]) => [name, valueFor(optionsOf(declaration))]),
  );
}

function optionsOf(declaration: VariableType | VariableOptions): VariableOptions {
  return typeof declaration === 'string' ? { type: declaration } : declaration;
}
