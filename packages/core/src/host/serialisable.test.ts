import { describe, expect, it } from 'vitest';
import { assign, createMachine, emit, fromPromise, sendTo } from 'xstate';
import { createHost } from './host.ts';
import { findUnserialisable } from './serialisable.ts';

class Price {
  readonly cents = 5;
}

describe('findUnserialisable', () => {
  it.each<[string, unknown, string]>([
    ['a function', { a: [() => 1] }, 'x.a[0]'],
    ['a symbol', { a: Symbol('s') }, 'x.a'],
    ['an instance', { order: { items: [0, 0, { price: new Price() }] } }, 'x.order.items[2].price'],
    ['something in a map', new Map([['k', () => 1]]), 'x.k'],
    ['something in a set', new Set([new Price()]), 'x[0]'],
    ['the key of a map', new Map([[new Price(), 1]]), 'x.keys[0]'],
    ['something under an odd key', { 'a b': () => 1 }, 'x["a b"]'],
    ['the cause of an error', new Error('e', { cause: new Price() }), 'x.cause'],
  ])('finds %s', (_, value, path) => {
    expect(findUnserialisable(value, 'x', false)?.path).toBe(path);
  });

  it.each([
    [undefined, null, 1n, Number.NaN, 'text'],
    new Map([[new Date(), new Set([1])]]),
    { error: new RangeError('no'), at: /x/, bytes: new Uint8Array([1]), url: new URL('https://example.com') },
  ])('lets what is kept pass', (value) => {
    expect(findUnserialisable(value, 'x', false)).toBeUndefined();
  });

  it('comes to an end in a circle', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(findUnserialisable(circle, 'x', false)).toBeUndefined();
  });
});

describe('a host that checks', () => {
  const refusal = (path: string) =>
    expect.objectContaining({
      code: 'error.platform.bot.not-serialisable',
      message: expect.stringContaining(` at ${path},`),
    });
  const machine = createMachine({
    context: {} as Record<string, unknown>,
    invoke: { src: fromPromise(async () => 1), id: 'work' },
    on: {
      keep: { actions: assign(({ event }) => ({ kept: event.value, made: event.make ? new Price() : 1 })) },
      tell: { actions: emit({ type: 'told', price: new Price() }) },
      later: {
        actions: sendTo(
          ({ self }) => self,
          () => ({ type: 'keep', price: () => 1 }),
          { delay: 5, id: 'soon' },
        ),
      },
    },
  });
  const host = createHost(machine, { check: true });
  const { document } = host.start({ fine: true }, 0);
  const send = (event: { type: string; [key: string]: unknown }) => host.step(document, { kind: 'event', event }, 0);

  it.each<[string, () => unknown]>([
    ['input.a', () => host.start({ a: () => 1 }, 0)],
    ['event.value', () => send({ type: 'keep', value: new Price() })],
    ['context.made', () => send({ type: 'keep', make: true })],
    ['emitted.told.price', () => send({ type: 'tell' })],
    ['timers.soon.price', () => send({ type: 'later' })],
    [
      'output',
      () => host.step(document, { kind: 'task.done', id: document.tasks[0]?.id ?? '', output: new Price() }, 0),
    ],
  ])('refuses %s', (path, act) => {
    expect(act).toThrow(refusal(path));
  });

  it('lets pass what can be kept', () => {
    expect(send({ type: 'keep', value: new Date(0) }).document.status).toBe('active');
  });
});
