import * as z from 'zod';
import { ParleyError } from './errors.ts';
import { nearest } from './nearest.ts';

/**
 * Takes options by their schema; for `define…` functions and the factories of plugins.
 *
 * @param where the function that was given them, for the error.
 * @throws `error.platform.config.malformed`, which names every option that is wrong, and for a mistyped name the one that was
 * likely meant.
 */
export function parseOptions<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: string,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problem = parsed.error.issues.map((issue) => explain(issue, schema)).join('; ');
  throw new ParleyError('error.platform.config.malformed', { problem, where });
}

function explain(issue: z.core.$ZodIssue, schema: z.ZodType): string {
  const path = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return path === '' ? issue.message : `${path}: ${issue.message}`;
  const known = schema instanceof z.ZodObject && path === '' ? Object.keys(schema.shape) : [];
  return issue.keys.map((key) => `${path === '' ? key : `${path}.${key}`} is no option${hint(key, known)}`).join('; ');
}

function hint(key: string, known: readonly string[]): string {
  const meant = nearest(key, known);
  if (meant !== undefined) return ` (did you mean ${meant}?)`;
  return known.length === 0 ? '' : ` (there are ${known.join(', ')})`;
}
