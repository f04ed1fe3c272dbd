import * as z from 'zod';

/** Says what is wrong with a configuration in one line, and for a mistyped name which one was likely meant. */
export function explainIssues(error: z.ZodError, schema: z.ZodType): string {
  return error.issues.map((issue) => explain(issue, schema)).join('; ');
}

function explain(issue: z.core.$ZodIssue, schema: z.ZodType): string {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = schema instanceof z.ZodObject && issue.path.length === 0 ? Object.keys(schema.shape) : [];
    return issue.keys.map((key) => `${key} is no option${suggest(key, known)}`).join('; ');
  }
  return path === '' ? issue.message : `${path}: ${issue.message}`;
}

function suggest(word: string, known: readonly string[]): string {
  const nearest = known
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  if (nearest !== undefined && nearest.distance <= Math.max(2, word.length / 3))
    return ` (did you mean ${nearest.candidate}?)`;
  return known.length === 0 ? '' : ` (there are ${known.join(', ')})`;
}

/** How many letters have to be added, dropped or changed to make one word of another (Levenshtein). */
export function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
