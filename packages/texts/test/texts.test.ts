import {
  address,
  anyText,
  defineApp,
  defineBot,
  defineOrganization,
  remember,
  saidBy,
  say,
  setupBot,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { SimulatedCarrier, simulate } from '@parley/testing';
import { describe, expect, it } from 'vitest';
import { assign } from 'xstate';
import { defineTexts } from '../src/index.ts';

const texts = defineTexts(
  'en',
  {
    en: {
      hello: 'Hello! What is your name?',
      welcome: 'Welcome, {name}. It is {now, time, short} on {now, date, full}.',
      slots: '{count, plural, =0 {Nothing is free} one {# slot is free} other {# slots are free}}.',
    },
    es: {
      hello: '¡Hola! ¿Cómo se llama?',
      welcome: 'Bienvenido, {name}. Son las {now, time, short} del {now, date, full}.',
      slots: '{count, plural, =0 {No queda nada} one {Queda # hueco} other {Quedan # huecos}}.',
    },
    'es-MX': { hello: '¡Hola! ¿Cuál es su nombre?' },
  },
  { timeZone: 'America/New_York' },
);

const machine = setupBot({ types: { context: {} as { name: string; at: number } } }).createMachine({
  context: { name: '', at: 0 },
  entry: say(texts('hello')),
  on: {
    'message.received': [
      {
        guard: ({ event }) => event.text === 'español',
        actions: [remember({ locale: 'es' }), say(texts('hello'))],
      },
      {
        actions: [
          assign({ name: ({ event }) => event.text, at: ({ event }) => event.at }),
          say(texts('welcome', ({ context }) => ({ name: context.name, now: context.at }))),
          say(({ event }) => texts('slots', { count: event.text.length })),
        ],
      },
    ],
  },
});

const organization = defineOrganization({
  name: 'Clinic',
  apps: [
    defineApp({
      id: 'clinic',
      number: '+14155550100',
      bots: [
        defineBot({
          id: 'hello',
          machine,
          triggers: [anyText()],
          onStart: ({ say }) => say(texts('slots', { count: 0 })),
        }),
      ],
    }),
  ],
  transports: { sms: new SimulatedCarrier() },
  storage: memoryStorage(),
  actors: [
    { address: '+14155550123', locale: 'es-MX', timeZone: 'America/Mexico_City' },
    { address: '+14155550124', locale: 'fr' },
  ],
});

describe('a bot', () => {
  it('speaks the language of whoever texts, at their time', async () => {
    await using clinic = await disposable();
    const ana = clinic.actor('+14155550123');
    expect(await ana.text('hola')).toEqual(['No queda nada.', '¡Hola! ¿Cuál es su nombre?']);
    expect(await ana.text('Ana')).toEqual([
      'Bienvenido, Ana. Son las 11:00 a.m. del lunes, 5 de enero de 2026.',
      'Quedan 3 huecos.',
    ]);
  });

  it('speaks the default language to who has none that it knows', async () => {
    await using clinic = await disposable();
    const [someone, french] = [clinic.actor('+14155550125'), clinic.actor('+14155550124')];
    expect(await someone.text('hi')).toEqual(['Nothing is free.', 'Hello! What is your name?']);
    expect(await french.text('salut')).toEqual(['Nothing is free.', 'Hello! What is your name?']);
    expect(await someone.text('A')).toEqual([
      'Welcome, A. It is 12:00 PM on Monday, January 5, 2026.',
      '1 slot is free.',
    ]);
  });

  it('changes its language as soon as another is known, from whoever it is known', async () => {
    await using clinic = await disposable();
    const ann = clinic.actor('+14155550126');
    expect(await ann.text('hi')).toEqual(['Nothing is free.', 'Hello! What is your name?']);
    expect(await ann.text('español')).toEqual(['¡Hola! ¿Cómo se llama?']);
    expect((await ann.text('Ann')).at(-1)).toBe('Quedan 3 huecos.');
    await clinic.engine.updateActor(address('+14155550126'), { locale: 'en' });
    expect((await ann.text('Bea')).at(-1)).toBe('3 slots are free.');
  });
});

describe('what is known of a text before it is said', () => {
  it('is its words in every language', () => {
    expect(saidBy(say(texts('hello')))).toMatchObject({
      text: 'Hello! What is your name?',
      wordings: {
        en: 'Hello! What is your name?',
        es: '¡Hola! ¿Cómo se llama?',
        'es-MX': '¡Hola! ¿Cuál es su nombre?',
      },
    });
    const said = saidBy(say(texts('slots', () => ({ count: 1 }))));
    expect(said).toMatchObject({ wordings: { en: '{count} slots are free.', es: 'Quedan {count} huecos.' } });
    expect(said).not.toHaveProperty('text');
  });
});

/** A simulation that ends with its test. */
async function disposable() {
  const simulation = await simulate(organization);
  return Object.assign(simulation, { [Symbol.asyncDispose]: () => simulation.close() });
}
