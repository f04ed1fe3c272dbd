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
  const problem = parsed.error.issues.flatMap((issue) => explain(issue, schema)).join('; ');
  throw new ParleyError('error.platform.config.malformed', { problem, where });
}

type Issue = z.core.$ZodIssue;

/** What is wrong, in sentences that name the option by its whole path. */
function explain(issue: Issue, schema: z.ZodType, before: Issue['path'] = []): readonly string[] {
  const path = [...before, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const known = optionsAt(schema, path);
    return issue.keys.map((key) => `${[...path, key].join('.')} is no option${hint(key, known)}`);
  }
  if (issue.code === 'invalid_union') {
    const meant = closestOf(issue.errors);
    if (meant !== undefined) return meant.flatMap((inner) => explain(inner, schema, path));
  }
  const problem = wordingOf(issue);
  return [path.length === 0 ? problem : `${path.join('.')}: ${problem}`];
}

/** Of several forms that a value may have the one that it nearly has: what is wrong is deeper inside, or only a name. */
function closestOf(forms: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return forms.find((issues) => issues.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'));
}

function wordingOf(issue: Issue): string {
  if (issue.code === 'invalid_key') return issue.issues.map(wordingOf).join(', ');
  const forms = issue.code === 'invalid_union' ? issue.errors.flatMap(([first]) => first ?? []) : [];
  if (forms.length > 0) return forms.map(wordingOf).join(', or ');
  return issue.message.replace(/^Invalid input: /, '');
}

/** The names of the options at a path. */
function optionsAt(schema: z.core.$ZodType, path: Issue['path']): readonly string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return optionsAt(schema.unwrap(), path);
  if (schema instanceof z.ZodUnion) {
    return (schema.options as readonly z.core.$ZodType[]).flatMap((form) => optionsAt(form, path));
  }
  const [next, ...rest] = path;
  if (schema instanceof z.ZodObject && next === undefined) return Object.keys(schema.shape);
  const part = next === undefined ? undefined : partOf(schema, String(next));
  return part === undefined ? [] : optionsAt(part, rest);
}

function partOf(schema: z.core.$ZodType, name: string): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return schema instanceof z.ZodObject ? schema.shape[name] : undefined;
}

function hint(key: string, known: readonly string[]): string {
  const meant = nearest(key, known);
  if (meant !== undefined) return ` (did you mean ${meant}?)`;
  return known.length === 0 ? '' : ` (there are ${known.join(', ')})`;
}
