import { say, setupBot } from '@parley/core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { assign, type InputFrom, type OutputFrom } from 'xstate';
import {
  type Answered,
  ask,
  capture,
  checklist,
  choose,
  confirm,
  form,
  type GaveUp,
  menu,
  number,
  type Outcome,
  otp,
  personName,
} from '../src/index.ts';
import { drink } from './tea.ts';

const favourite = capture({ prompt: 'Coffee or tea?', parse: drink });
const needy = capture({ types: { data: {} as { name: string } }, prompt: ({ data }) => data.name, parse: drink });
const anyName = capture({ prompt: 'Who?', parse: personName() });
const main = menu({ prompt: 'What?', options: { book: ['booking'], desk: { label: 'talk to the desk' } } });

const bot = setupBot({
  types: { context: {} as { drink: 'coffee' | 'tea' | undefined; note: string; count: number } },
  guards: { open: () => true },
  actions: { tidy: () => {} },
});
const context = { drink: undefined, note: '', count: 0 };

/** What is not called is only looked at by the compiler. */
function onlyTyped(refused: () => unknown): void {
  expect(refused).toBeTypeOf('function');
}

describe('the types of dialogs', () => {
  it('are inferred from their options', () => {
    expectTypeOf<OutputFrom<typeof favourite>>().toEqualTypeOf<Outcome<'coffee' | 'tea'>>();
    expectTypeOf<InputFrom<typeof needy>['data']>().toEqualTypeOf<{ name: string }>();
    expectTypeOf<OutputFrom<typeof main>>().toEqualTypeOf<Outcome<'book' | 'desk'>>();
    const toppings = checklist({ prompt: 'On it?', options: ['ham', 'olives'] });
    expectTypeOf<OutputFrom<typeof toppings>>().toEqualTypeOf<Outcome<readonly ('ham' | 'olives')[]>>();
    const sure = confirm({ prompt: 'Sure?' });
    expectTypeOf<OutputFrom<typeof sure>>().toEqualTypeOf<Outcome<'yes' | 'no'>>();
    const code = otp();
    expectTypeOf<OutputFrom<typeof code>>().toEqualTypeOf<Outcome<true>>();
  });

  it('refuse what is no option, and what does not fit', () => {
    // @ts-expect-error no such option
    onlyTyped(() => capture({ prompt: '?', parse: drink, atempts: 3 }));
    // @ts-expect-error a capture has to parse
    onlyTyped(() => capture({ prompt: '?' }));
    // @ts-expect-error data has no such key
    onlyTyped(() => capture({ types: { data: {} as { a: string } }, prompt: ({ data }) => data.b, parse: drink }));
    // @ts-expect-error it is a drink that is checked
    onlyTyped(() => capture({ prompt: '?', parse: drink, check: (value) => (value === 'beer' ? 'no' : undefined) }));
    // @ts-expect-error a code that is sent elsewhere has to be asked for
    onlyTyped(() => otp({ send: async () => {} }));
  });
});

describe('the types of a form', () => {
  const fields = {
    drink: favourite,
    sugar: confirm({ prompt: 'Sugar?' }),
    lumps: capture({ prompt: '?', parse: number() }),
  };

  it('have the answers by field, those that depend on something perhaps missing', () => {
    const order = form({
      fields,
      when: {
        lumps: ({ answers }) => {
          expectTypeOf(answers.sugar).toEqualTypeOf<'yes' | 'no' | undefined>();
          return answers.sugar === 'yes';
        },
      },
      known: () => ({ drink: 'tea' }),
      labels: { drink: 'what to drink' },
      review: ({ answers }) => {
        expectTypeOf(answers.drink).toEqualTypeOf<'coffee' | 'tea'>();
        expectTypeOf(answers.lumps).toEqualTypeOf<number | undefined>();
        return answers.drink;
      },
    });
    type Value = Extract<OutputFrom<typeof order>, { kind: 'answered' }>['value'];
    expectTypeOf<Value['drink']>().toEqualTypeOf<'coffee' | 'tea'>();
    expectTypeOf<Value['lumps']>().toEqualTypeOf<number | undefined>();
    type Left = Extract<OutputFrom<typeof order>, { kind: 'no-answer' }>;
    expectTypeOf<Left['answers']['drink']>().toEqualTypeOf<'coffee' | 'tea' | undefined>();
    expectTypeOf<Left['field']>().toEqualTypeOf<'drink' | 'sugar' | 'lumps' | undefined>();
  });

  it('refuse fields that are not there, and fields that need what a form has not', () => {
    // @ts-expect-error no such field
    onlyTyped(() => form({ fields, when: { food: () => true } }));
    // @ts-expect-error no such field
    onlyTyped(() => form({ fields, labels: { food: 'food' } }));
    // @ts-expect-error no such drink
    onlyTyped(() => form({ fields, known: () => ({ drink: 'beer' }) }));
    // @ts-expect-error there is no answer of that name
    onlyTyped(() => form({ fields, review: ({ answers }) => answers.food }));
    // @ts-expect-error it needs a name
    onlyTyped(() => form({ fields: { drink: needy } }));
    // @ts-expect-error a name need not be answered when it is asked
    onlyTyped(() => form({ fields: { name: capture({ prompt: '?', parse: drink }), drink: needy } }));
    onlyTyped(() => form({ types: { data: {} as { name: string } }, fields: { drink: needy } }));
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

  it('take any machine that comes to an outcome', () => {
    const own = setupBot({
      types: { context: {}, input: {} as { depth: number }, output: {} as Outcome<number> },
    }).createMachine({ context: {} });
    onlyTyped(() =>
      bot.createMachine({
        context,
        states: {
          own: ask(own, {
            bind: 'count',
            input: () => ({ depth: 1 }),
            answered: 'done',
            noAnswer: 'done',
            gaveUp: 'done',
          }),
        },
      }),
    );
  });

  it('refuse what is not there', () => {
    onlyTyped(() =>
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
      }),
    );
  });
});

describe('the types of choose', () => {
  it('have an exit for each option, and no other', () => {
    onlyTyped(() =>
      bot.createMachine({
        context,
        states: {
          main: choose(main, {
            bind: 'note',
            chosen: {
              book: {
                target: 'done',
                actions: say(({ event }) => {
                  expectTypeOf(event.output).toEqualTypeOf<Answered<'book'>>();
                  return event.output.value;
                }),
              },
              desk: 'done',
            },
            noAnswer: 'done',
            gaveUp: 'done',
          }),
          missing: choose(main, {
            // @ts-expect-error Property 'desk' is missing
            chosen: { book: 'done' },
            noAnswer: 'done',
            gaveUp: 'done',
          }),
          text: choose(anyName, {
            // @ts-expect-error it is answered with any text
            chosen: { Ann: 'done' },
            noAnswer: 'done',
            gaveUp: 'done',
          }),
          unknown: choose(main, {
            // @ts-expect-error 'see' does not exist
            chosen: { book: 'done', desk: 'done', see: 'done' },
            noAnswer: 'done',
            gaveUp: 'done',
          }),
          done: { type: 'final' },
        },
      }),
    );
  });
});
