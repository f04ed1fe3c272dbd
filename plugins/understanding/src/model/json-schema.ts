import { ParleyError } from '@parley/core';
import * as z from 'zod';

/** A schema as JSON Schema, and whether every property of it has to be there. */
export interface AnswerSchema {
  readonly json: Readonly<Record<string, unknown>>;
  /** Endpoints keep to such a schema to the letter (OpenAI's structured outputs); of others they say that they are not strict. */
  readonly isStrict: boolean;
}

/**
 * What a model has to write for a schema to take it: for an object, the only thing that endpoints take as a format.
 *
 * @throws `error.platform.config.malformed`
 */
export function answerSchemaOf(schema: z.ZodType, where: string): AnswerSchema {
  const json = jsonSchemaOf(schema, where);
  if (json.type !== 'object') {
    throw new ParleyError('error.platform.config.malformed', { problem: 'schema: write z.object({ … })', where });
  }
  return { json, isStrict: objectsIn(json).every(requiresAll) };
}

function jsonSchemaOf(schema: z.ZodType, where: string): Record<string, unknown> {
  try {
    const { $schema: _, ...json } = z.toJSONSchema(schema, {
      io: 'input',
      override: ({ jsonSchema }) => {
        if (jsonSchema.type === 'object') jsonSchema.additionalProperties ??= false;
      },
    });
    return json;
  } catch (error) {
    const problem = `schema: ${(error as Error).message}`;
    throw new ParleyError('error.platform.config.malformed', { problem, where });
  }
}

type ObjectSchema = {
  readonly properties?: object;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
};

function objectsIn(value: unknown): readonly ObjectSchema[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(objectsIn);
  return 'type' in value && value.type === 'object' ? [value as ObjectSchema, ...inside] : inside;
}

function requiresAll({ properties = {}, required = [], additionalProperties }: ObjectSchema): boolean {
  return additionalProperties === false && Object.keys(properties).every((name) => required.includes(name));
}
