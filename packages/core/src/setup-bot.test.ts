import { describe, expect, expectTypeOf, it } from 'vitest';
import { assign, createMachine, fromPromise } from 'xstate';
import { handoff, remember, say, setupBot, startBot, track } from './index.ts';

describe('setupBot', () => {
  it('types events, context, input and actors of a machine', () => {
    const machine = setupBot({
      types: { context: {} as { name: string; tries: number } },
      actors: { lookUp: fromPromise(async ({ input }: { input: { day: string } }) => [input.day]) },
      guards: { isLong: ({ event }) => event.type === 'message.received' && event.text.length > 3 },
      actions: { count: assign({ tries: ({ context }) => context.tries + 1 }) },
      delays: { patience: 1000 },
    }).createMachine({
      context: ({ input }) => ({ name: input.actor.firstName ?? '', tries: 0 }),
      initial: 'asking',
      states: {
        asking: {
          entry: [say('Your name?'), track('asked', ({ context }) => ({ tries: context.tries }))],
          on: {
            'message.received': [
              {
                guard: 'isLong',
                target: 'looking',
                actions: [
                  assign({ name: ({ event }) => event.text }),
                  remember(({ event }) => ({ firstName: event.text })),
                  'count',
                ],
              },
            ],
          },
          after: { patience: 'asking' },
        },
        looking: {
          invoke: {
            src: 'lookUp',
            input: ({ context }) => ({ day: context.name }),
            onDone: { target: 'done', actions: say(({ event }) => event.output.join(', ')) },
            onError: {
              actions: [handoff('desk', ({ context }) => `ask ${context.name}`), startBot('survey', { from: 'here' })],
            },
          },
        },
        done: { type: 'final', entry: say(({ context }) => `Bye ${context.name}`) },
      },
    });
    expectTypeOf(machine).toHaveProperty('config');
    expect(machine.states.asking).toBeDefined();
  });

  it('types actions of a machine without actors', () => {
    const machine = setupBot({
      types: { context: {} as { tries: number } },
      actions: {
        count: assign({ tries: ({ context }) => context.tries + 1 }),
        forget: assign(({ context: { tries } }) => ({ tries: tries > 2 ? 2 : 0 })),
      },
    }).createMachine({ context: { tries: 0 }, entry: ['count', 'forget'] });
    expect(machine.config.entry).toEqual(['count', 'forget']);
  });

  it('refuses what is not there', () => {
    const machine = setupBot({ types: { context: {} as { count: number } } });
    machine.createMachine({
      context: { count: 0 },
      // @ts-expect-error no such action
      entry: 'unknownAction',
    });
    machine.createMachine({
      context: { count: 0 },
      // @ts-expect-error context has no such key
      entry: say(({ context }) => `${context.cuont}`),
    });
    machine.createMachine({
      context: { count: 0 },
      // @ts-expect-error patch has no such field
      entry: remember({ fristName: 'Ann' }),
    });
    expect(machine).toBeDefined();
  });

  it('lets any plain machine use the helpers', () => {
    const machine = createMachine({
      entry: say('hello'),
      on: { 'message.received': { actions: say(({ event }) => `you sent ${event.type}`) } },
    });
    expect(machine.events).toEqual(['message.received']);
  });
});
