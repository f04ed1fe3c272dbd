import { describe, expect, it } from 'vitest';
import { createMachine, forwardTo } from 'xstate';
import { createHost } from './host.ts';
import type { HostMove } from './life.ts';

const inner = createMachine({
  id: 'inner',
  initial: 'asked',
  states: { asked: { on: { answer: 'answered' } }, answered: { type: 'final' } },
});
const machine = createMachine({
  id: 'outer',
  initial: 'deciding',
  states: {
    deciding: { always: 'asking' },
    asking: {
      invoke: { src: inner, id: 'question', onDone: 'over' },
      on: { answer: { actions: forwardTo('question') } },
    },
    over: { type: 'final' },
  },
});

function watched() {
  const moves: HostMove[] = [];
  const host = createHost(machine, { onMove: (move) => moves.push({ ...move, active: [...move.active].sort() }) });
  return { host, take: () => moves.splice(0) };
}

describe('onMove', () => {
  it('tells of states that are left again in the same step, and of children', () => {
    const { host, take } = watched();
    const { document } = host.start(undefined, 0);
    const begun = take();
    expect(begun).toContainEqual({ actor: [], active: ['outer', 'outer.asking'], from: ['outer.deciding'] });
    expect(begun).toContainEqual({ actor: ['question'], active: ['inner', 'inner.asked'], from: [] });

    host.step(document, { kind: 'event', event: { type: 'answer' } }, 0);
    const moves = take();
    expect(moves).toContainEqual({ actor: ['question'], active: ['inner', 'inner.answered'], from: ['inner.asked'] });
    expect(moves.at(-1)).toMatchObject({ actor: [], active: ['outer', 'outer.over'], from: [] });
  });

  it('tells where every actor is as it comes back from a document', () => {
    const { host, take } = watched();
    const { document } = host.start(undefined, 0);
    take();
    host.step(document, { kind: 'event', event: { type: 'nobody.listens' } }, 0);
    const moves = take();
    expect(moves).toContainEqual({ actor: ['question'], active: ['inner', 'inner.asked'], from: [] });
    expect(moves).toContainEqual({ actor: [], active: ['outer', 'outer.asking'], from: [] });
  });
});
