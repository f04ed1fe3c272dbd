import { describe, expect, it, vi } from 'vitest';
import { expectSame } from './support/compare.ts';
import { loadCorpus } from './support/load-corpus.ts';

// XState says of each event that comes too late that it does.
vi.spyOn(console, 'warn').mockImplementation(() => {});
const corpora = await loadCorpus();

describe.each(Object.entries(corpora))('%s, live and hosted alike:', (_, corpus) => {
  it.each(Object.keys(corpus))('%s', (name) => expectSame(corpus[name]!));
});

it('the corpus has at least 180 machines', () => {
  const count = Object.values(corpora).reduce((sum, corpus) => sum + Object.keys(corpus).length, 0);
  expect(count).toBeGreaterThanOrEqual(180);
});
