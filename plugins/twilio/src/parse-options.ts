import { ParleyError } from '@parley/core';
import type * as z from 'zod';

/**
 * Takes options by their schema.
 *
 * @throws `error.platform.config.malformed`, which names every option that is wrong.
 */
export function parseOptions<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: string,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problem = parsed.error.issues.map(explain).join('; ');
  throw new ParleyError('error.platform.config.malformed', { problem, where });
}

function explain(issue: z.core.$ZodIssue): string {
  const at = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return `${issue.keys.map((key) => (at === '' ? key : `${at}.${key}`)).join(', ')} is no option`;
  }
  return at === '' ? issue.message : `${at}: ${issue.message}`;
}
