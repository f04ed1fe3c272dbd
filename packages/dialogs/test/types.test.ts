import { say, setupBot } from '@parley/core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { assign, type InputFrom, type OutputFrom } from 'xstate';
import { type Answered, ask, capture, type GaveUp, type Outcome } from '../src/index.ts';
import { drink } from './tea.ts';

const favourite = capture({ prompt: 'Coffee or tea?', parse: drink });
const needy = capture({ types: { data: {} as { name: string } }, prompt: ({ data }) => data.name, parse: drink });

const bot = setupBot({
  types: { context: {} as { drink: 'coffee' | 'tea' | undefined; note: string; count: number } },
  guards: { open: () => true },
  actions: { tidy: () => {} },
});
const context = { drink: undefined, note: '', count: 0 };

describe('the types of dialogs', () => {
  it('are inferred from their options', () => {
    expectTypeOf<OutputFrom<typeof favourite>>().toEqualTypeOf<Outcome<'coffee' | 'tea'>>();
    expectTypeOf<InputFrom<typeof needy>['data']>().toEqualTypeOf<{ name: string }>();
    // @ts-expect-error no such option
    capture({ prompt: '?', parse: drink, atempts: 3 });
    // @ts-expect-error a capture has to parse
    expect(() => capture({ prompt: '?' })).not.toThrow();
    // @ts-expect-error data has no such key
    capture({ types: { data: {} as { name: string } }, prompt: ({ data }) => data.nme, parse: drink });
    // @ts-expect-error it is a drink that is checked
    capture({ prompt: '?', parse: drink, check: (value) => (value === 'beer' ? 'no' : undefined) });
  });
});

describe('the types of ask', () => {
  it('know the outcome, and the context, guards and actions of the machine around', () => {
    const machine = bot.createMachine({
      context,
      initial: 'asking',
      states: {
        asking: ask(favourite, {
          bind: 'drink',
          entry: 'tidy',
          answered: [
            {
              guard: 'open',
              target: 'done',
              actions: [
                'tidy',
                assign({ note: ({ event, context }) => event.output.value + context.note }),
                say(({ event }) => {
                  expectTypeOf(event.output).toEqualTypeOf<Answered<'coffee' | 'tea'>>();
                  return event.output.text;
                }),
              ],
            },
            { target: 'done' },
          ],
          noAnswer: 'done',
          gaveUp: {
            target: 'done',
            actions: say(({ event }) => {
              expectTypeOf(event.output).toEqualTypeOf<GaveUp>();
              return event.output.because === 'undeliverable' ? event.output.code : '';
            }),
          },
        }),
        done: { type: 'final' },
      },
    });
    expectTypeOf(machine).toHaveProperty('config');
  });

  it('refuse what is not there', () => {
    const refused = () =>
      bot.createMachine({
        context,
        states: {
          // @ts-expect-error Property 'gaveUp' is missing
          exit: ask(favourite, { answered: 'done', noAnswer: 'done' }),
          option: ask(favourite, {
            answered: 'done',
            noAnswer: 'done',
            gaveUp: 'done',
            // @ts-expect-error 'timeout' does not exist
            timeout: 'done',
          }),
          key: ask(favourite, {
            // @ts-expect-error Type '"drinc"' is not assignable to type '"drink" | "note"'
            bind: 'drinc',
            answered: 'done',
            noAnswer: 'done',
            gaveUp: 'done',
          }),
          kind: ask(favourite, {
            // @ts-expect-error a drink is no count
            bind: 'count',
            answered: 'done',
            noAnswer: 'done',
            gaveUp: 'done',
          }),
          event: ask(favourite, {
            answered: 'done',
            // @ts-expect-error silence has no value
            noAnswer: { target: 'done', actions: say(({ event }) => event.output.value) },
            gaveUp: 'done',
          }),
          context: ask(favourite, {
            // @ts-expect-error the context has no such key
            answered: { target: 'done', actions: say(({ context }) => context.drinc) },
            noAnswer: 'done',
            gaveUp: 'done',
          }),
          guard: ask(favourite, {
            // @ts-expect-error the machine has no such guard
            answered: [{ guard: 'closed', target: 'done' }, { target: 'done' }],
            noAnswer: 'done',
            gaveUp: 'done',
          }),
          // @ts-expect-error Property 'input' is missing
          given: ask(needy, { answered: 'done', noAnswer: 'done', gaveUp: 'done' }),
          data: ask(needy, {
            // @ts-expect-error name is a string
            input: ({ context }) => ({ data: { name: context.count } }),
            answered: 'done',
            noAnswer: 'done',
            gaveUp: 'done',
          }),
          done: { type: 'final' },
        },
      });
    expect(refused).toThrow();
  });
});
