import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, differences, MOST_CHANGES } from './diff.ts';

describe('the differences of two states', () => {
  it('are what was added, changed and removed, by their innermost paths', () => {
    const before = { name: 'Ann', tries: 1, answers: { a: 1, gone: true }, tags: ['x'] };
    const after = { name: 'Ann', tries: 2, answers: { a: 1, b: 2 }, tags: ['x', 'y'] };
    expect(differences(before, after)).toEqual([
      { path: ['tries'], kind: 'changed', before: 1, after: 2 },
      { path: ['answers', 'b'], kind: 'added', before: undefined, after: 2 },
      { path: ['answers', 'gone'], kind: 'removed', before: true, after: undefined },
      { path: ['tags', '1'], kind: 'added', before: undefined, after: 'y' },
    ]);
  });

  it('do not look into what has become something else', () => {
    expect(differences({ a: [1] }, { a: { 0: 1 } })).toMatchObject([{ path: ['a'], kind: 'changed' }]);
    expect(differences({ a: null }, { a: { b: 1 } })).toMatchObject([{ path: ['a'], kind: 'changed' }]);
  });

  it('are bounded', () => {
    const large = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`key${index}`, index]));
    expect(differences({}, large)).toHaveLength(MOST_CHANGES);
  });

  it('take keys that objects inherit for what they are', () => {
    expect(differences({}, JSON.parse('{"constructor":1}'))).toMatchObject([{ path: ['constructor'], kind: 'added' }]);
  });

  it('make the one of the other', () => {
    const json = fc.jsonValue({ maxDepth: 3 }).map((value) => ({ root: value }));
    fc.assert(
      fc.property(json, json, (before, after) => {
        const changes = differences(before, after);
        fc.pre(changes.length < MOST_CHANGES);
        expect(changes.reduce(apply, structuredClone(before) as unknown)).toEqual(after);
      }),
    );
  });
});

function apply(root: unknown, { path, kind, after }: Change): unknown {
  const last = path.at(-1);
  if (last === undefined) return after;
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON can hold
  const parent = path.slice(0, -1).reduce((value: any, key) => value[key], root);
  if (kind !== 'removed')
    Object.defineProperty(parent, last, { value: after, enumerable: true, configurable: true, writable: true });
  else if (Array.isArray(parent)) parent.length = Math.min(parent.length, Number(last));
  else delete parent[last];
  return root;
}
