import { describe, expect, it } from 'vitest';
import { activeStates, visitedStates } from './paths.ts';

const sorted = (paths: ReadonlySet<string>): string[] => [...paths].sort();

describe('the states that a machine is in', () => {
  it('are a state and the root', () => {
    const { all, leaves } = activeStates('asked');
    expect(sorted(all)).toEqual(['', 'asked']);
    expect(sorted(leaves)).toEqual(['asked']);
  });

  it('are those of all regions, and those around them', () => {
    const { all, leaves } = activeStates({ talking: { questions: 'speed', clock: { late: 'very' } } });
    expect(sorted(all)).toEqual([
      '',
      'talking',
      'talking.clock',
      'talking.clock.late',
      'talking.clock.late.very',
      'talking.questions',
      'talking.questions.speed',
    ]);
    expect(sorted(leaves)).toEqual(['talking.clock.late.very', 'talking.questions.speed']);
  });

  it('are none where nothing is known, and the root of a machine without states', () => {
    expect(activeStates(undefined).all.size).toBe(0);
    expect(sorted(activeStates({}).leaves)).toEqual(['']);
  });

  it('add up to those that it has been in', () => {
    expect(sorted(visitedStates(['a', { b: 'c' }, undefined]))).toEqual(['', 'a', 'b', 'b.c']);
  });
});
