import type { Activity, Conversation } from '@parley/api';
import { describe, expect, it } from 'vitest';
import { shownOf } from './shown.ts';

let count = 0;
const entry = (kind: string, journey: string, rest: Partial<Activity> = {}): Activity => ({
  ...{ id: String(++count).padStart(6, '0'), conversation: 'c', app: 'app', at: count, bot: 'bot' },
  ...{ kind, journey, ...rest },
});
const step = (journey: string, state: string, context?: object): Activity =>
  entry('step', journey, {
    name: 'message.received',
    data: { state, ...(context === undefined ? {} : { machine: { snapshot: { value: state, context } } }) },
  });

const running = { id: 'two', bot: 'bot', version: '3', state: 'b', children: [], timers: [], tasks: [] };
const talking = { id: 'c', journey: running } as unknown as Conversation;
const over = { id: 'c' } as unknown as Conversation;

const first = [entry('journey.started', 'one'), step('one', 'x'), entry('journey.ended', 'one', { state: 'x' })];
const second = [entry('journey.started', 'two'), step('two', 'a', { n: 1 }), step('two', 'b', { n: 2 })];
const entries = [...first, ...second].reverse();

describe('what is shown', () => {
  it('is how the journey that is running is now', () => {
    const shown = shownOf(talking, entries, undefined);
    expect(shown).toMatchObject({ journey: 'two', bot: 'bot', version: '3', isWhole: true, isOver: false });
    expect(shown.index).toBeUndefined();
    expect(shown.steps.map(({ state }) => state)).toEqual(['a', 'b']);
    expect(shown.position).toEqual({
      state: 'b',
      within: {},
      past: ['a', 'b'],
      before: { state: 'a', event: 'message.received' },
    });
    expect(shown.view).toEqual({ state: 'b', context: { n: 2 } });
  });

  it('is how it was after a step that is asked for, of whichever journey', () => {
    const [, earlier] = second;
    expect(shownOf(talking, entries, earlier?.id)).toMatchObject({
      ...{ journey: 'two', index: 0, position: { state: 'a', past: ['a'] } },
      view: { context: { n: 1 } },
    });
    expect(shownOf(talking, entries, first[1]?.id)).toMatchObject({ journey: 'one', index: 0, version: undefined });
  });

  it('is a journey that is asked for, as long as it is among what is loaded', () => {
    expect(shownOf(talking, entries, undefined, 'one')).toMatchObject({ journey: 'one', isOver: true });
    expect(shownOf(talking, entries, undefined, 'of long ago')).toMatchObject({ journey: 'two' });
    expect(shownOf(talking, entries, second[1]?.id, 'one')).toMatchObject({ journey: 'two', index: 0 });
  });

  it('is how the last journey ended when none is running', () => {
    expect(shownOf(over, first.toReversed(), undefined)).toMatchObject({
      journey: 'one',
      isOver: true,
      position: { state: 'x' },
    });
  });

  it('is the end of a journey without a journal', () => {
    const end = [entry('journey.ended', 'one', { state: { a: 'b' } }), entry('journey.started', 'one')];
    expect(shownOf(over, end, undefined)).toMatchObject({ isOver: true, steps: [], position: { state: { a: 'b' } } });
  });

  it('is nothing where there was no journey', () => {
    expect(shownOf(over, [], undefined)).toMatchObject({ journey: undefined, bot: undefined, isOver: false });
  });

  it('says when its first steps are not there yet', () => {
    expect(shownOf(talking, entries.slice(0, 1), undefined).isWhole).toBe(false);
  });
});
