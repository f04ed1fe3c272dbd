import { describe, expect, it } from 'vitest';
import { children } from './corpus/children.ts';
import { errors } from './corpus/errors.ts';
import { structure } from './corpus/structure.ts';
import { tasks } from './corpus/tasks.ts';
import { timers } from './corpus/timers.ts';
import { gaps, kinds } from './corpus/values.ts';
import { expectSame } from './support/compare.ts';

const corpora = { structure, timers, children, tasks, errors, 'values that are': kinds, gaps };

describe.each(Object.entries(corpora))('%s, live and hosted alike:', (_, corpus) => {
  it.each(Object.keys(corpus))('%s', (name) => expectSame(corpus[name]!));
});

it('the corpus has at least 150 machines', () => {
  const count = Object.values(corpora).reduce((sum, corpus) => sum + Object.keys(corpus).length, 0);
  expect(count).toBeGreaterThanOrEqual(150);
});
