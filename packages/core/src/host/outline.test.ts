import { describe, expect, it } from 'vitest';
import { and, createMachine, forwardTo, fromPromise, not, or, sendTo, setup, stateIn } from 'xstate';
import { saidBy, say } from '../bot-actions.ts';
import { outlineOf } from './outline.ts';

const machine = setup({
  guards: { isDay: () => true, isFree: () => true },
  actions: { greet: say('Hello!') as never, nod: () => {} },
}).createMachine({
  id: 'bot',
  initial: 'asking',
  states: {
    asking: {
      entry: ['greet', say('Which day?') as never],
      exit: 'nod',
      on: {
        day: [
          { guard: 'isDay', target: 'over', actions: say(() => 'Made of the context') as never },
          { guard: not('isDay') },
          { guard: and(['isDay', { type: 'isFree' }]) },
          { guard: not(or(['isDay', 'isFree'])) },
          { guard: or([and(['isDay', 'isFree']), 'isDay']) },
          { guard: () => true },
          { guard: stateIn('over') },
          { guard: and(['isDay', () => true]) },
          { target: 'before', actions: [{ type: 'greet' }, 'nod'] },
        ],
      },
    },
    over: { type: 'final' },
    before: { type: 'history' },
    deep: { type: 'history', history: 'deep' },
  },
});

describe('an outline', () => {
  const [asking, , before, deep] = outlineOf(machine).states;

  it('names the guards that have names', () => {
    expect(asking!.transitions.map(({ guarded, guard }) => (guarded ? guard : false))).toEqual([
      ...['isDay', 'not isDay', 'isDay and isFree', 'not (isDay or isFree)', 'isDay and isFree or isDay'],
      ...[undefined, undefined, undefined, false],
    ]);
  });

  it('tells the two kinds of history', () => {
    expect([asking!.history, before!.history, deep!.history]).toEqual([undefined, 'shallow', 'deep']);
  });

  it('has what is said only where somebody asks for it, also by actions with a name', () => {
    expect(JSON.stringify(outlineOf(machine))).not.toContain('says');
    const outline = outlineOf(machine, { textOf: (action) => saidBy(action) && (saidBy(action)?.text ?? '…') });
    const [state] = outline.states;
    expect(state!.says).toEqual(['Hello!', 'Which day?']);
    const said = state!.transitions.flatMap(({ says = [] }) => says);
    expect(said).toEqual(['…', 'Hello!']);
  });
});

it('tells what is only handed to what runs in a state', () => {
  const { states } = outlineOf(
    createMachine({
      initial: 'asking',
      states: {
        asking: {
          invoke: { id: 'ask', src: fromPromise(async () => {}) },
          on: {
            handed: { actions: forwardTo('ask') },
            elsewhere: { actions: sendTo('other', { type: 'x' }) },
            more: { actions: [forwardTo('ask'), () => {}] },
            leaving: { actions: forwardTo('ask'), target: 'asking' },
            nothing: {},
          },
        },
      },
    }),
  );
  const forwarding = states[0]?.transitions.filter(({ forwards }) => forwards).map(({ event }) => event);
  expect(forwarding).toEqual(['handed']);
});

it('shows a machine that stands in the configuration by its id', () => {
  const child = createMachine({ id: 'child' });
  const machine = createMachine({ invoke: { src: child, id: 'asking' } });
  expect(outlineOf(machine).invokes).toEqual(['asking']);
});
