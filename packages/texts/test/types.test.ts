import { say, setupBot } from '@parley/core';
import { describe, expectTypeOf, it } from 'vitest';
import { defineTexts, type ValuesOf } from '../src/index.ts';

const texts = defineTexts('en', {
  en: {
    plain: 'Hello!',
    welcome: 'Welcome, {name}!',
    slots: '{count, plural, =0 {Nothing is free} one {# slot on {day, date, ::MMMd}} other {# slots}}',
  },
  es: {
    plain: '¡Hola!',
    welcome: '¡Hola, {name}!',
    slots: '{count, plural, =0 {No hay nada} one {# hueco el {day, date, ::MMMd}} other {# huecos}}',
  },
  'es-MX': { plain: '¡Qué onda!' },
});

describe('the values of a text', () => {
  it('are read out of it', () => {
    expectTypeOf<ValuesOf<'no variables'>>().toEqualTypeOf<Record<never, never>>();
    expectTypeOf<ValuesOf<'{name} at { place }'>>().toEqualTypeOf<{
      readonly name: string | number;
      readonly place: string | number;
    }>();
    expectTypeOf<ValuesOf<'{at, time, short} {on, date}'>['at']>().toEqualTypeOf<Date | number>();
    expectTypeOf<ValuesOf<'{n, number, ::currency/USD}'>['n']>().toEqualTypeOf<number>();
    expectTypeOf<ValuesOf<'{n} of {n, selectordinal, one {#st} other {#th}}'>['n']>().toEqualTypeOf<number>();
  });

  it('are read from within plurals and selects', () => {
    type Nested = '{n, plural, =0 {no {x}} one {# {y} of {z}} other {{g, select, a {A} other {Q {w}}}}} {last}';
    expectTypeOf<keyof ValuesOf<Nested>>().toEqualTypeOf<'n' | 'x' | 'y' | 'z' | 'g' | 'w' | 'last'>();
  });

  it('are not what is quoted', () => {
    expectTypeOf<keyof ValuesOf<"it''s '{no}' don't {yes}">>().toEqualTypeOf<'yes'>();
  });

  it('are anything where a text is not known yet', () => {
    expectTypeOf<keyof ValuesOf<string>>().toEqualTypeOf<string>();
  });

  it('have to be given', () => {
    texts('plain');
    texts('welcome', { name: 'Ann' });
    // @ts-expect-error there is no such text
    () => texts('welcom', { name: 'Ann' });
    // @ts-expect-error the value is missing
    () => texts('welcome');
    // @ts-expect-error no such variable
    () => texts('welcome', { nom: 'Ann' });
    // @ts-expect-error a number is wanted
    () => texts('slots', { count: '2', day: new Date() });
  });
});

describe('translations', () => {
  it('have the keys and variables of the default locale', () => {
    const en = { hello: 'Hello {name}', bye: 'Bye' } as const;
    defineTexts('en', { en, fr: { hello: 'Salut {name}', bye: 'Salut' } });
    // @ts-expect-error bye is missing
    () => defineTexts('en', { en, fr: { hello: 'Salut {name}' } });
    // @ts-expect-error no such key
    () => defineTexts('en', { en, fr: { hello: 'Salut {name}', bye: 'Salut', ciao: 'Ciao' } });
    // @ts-expect-error another variable
    () => defineTexts('en', { en, fr: { hello: 'Salut {nom}', bye: 'Salut' } });
    // @ts-expect-error one variable too many
    () => defineTexts('en', { en, fr: { hello: 'Salut {name}', bye: 'Salut {name}' } });
    // @ts-expect-error none where there is one
    () => defineTexts('en', { en, fr: { hello: 'Salut', bye: 'Salut' } });
    // @ts-expect-error takes numbers only, where anything may come
    () => defineTexts('en', { en, fr: { hello: 'Salut {name, number}', bye: 'Salut' } });
    // @ts-expect-error fr is not there to say the rest
    () => defineTexts('en', { en, 'fr-CA': { bye: 'Bye' } });
    // @ts-expect-error there is no such default
    () => defineTexts('de', { en });
  });

  it('may come from files, of which only the keys are known', () => {
    const file: { hello: string } = { hello: 'Salut {name}' };
    const loaded = defineTexts('en', { en: { hello: 'Hello {name}' }, fr: file });
    loaded('hello', { name: 'Ann' });
    // @ts-expect-error bye is missing in the file
    () => defineTexts('en', { en: { hello: 'Hello {name}', bye: 'Bye' }, fr: file });
  });
});

describe('in a machine', () => {
  it('values are made of the context and the event, which have their types', () => {
    setupBot({ types: { context: {} as { name: string; count: number } } }).createMachine({
      context: { name: 'Ann', count: 1 },
      entry: [say(texts('plain')), say(texts('welcome', ({ context }) => ({ name: context.name })))],
      on: {
        'message.received': {
          actions: [
            say(texts('slots', ({ context, event }) => ({ count: context.count, day: event.at }))),
            say(({ context }) => texts('welcome', { name: context.name })),
            say(({ context }) => (context.count > 1 ? texts('plain') : 'Hello')),
          ],
        },
      },
    });
    setupBot({ types: { context: {} as { name: string } } }).createMachine({
      context: { name: 'Ann' },
      // @ts-expect-error the context has no such key
      entry: say(texts('welcome', ({ context }) => ({ name: context.nam }))),
    });
    setupBot({ types: { context: {} as { name: string } } }).createMachine({
      context: { name: 'Ann' },
      // @ts-expect-error the text has no such variable
      entry: say(texts('welcome', () => ({ nom: 'Ann' }))),
    });
  });
});
