import { expect, it } from 'vitest';
import { createActor, createMachine } from 'xstate';
import { say } from './bot-actions.ts';
import type { Say } from './bot-events.ts';
import { createHost } from './host/index.ts';
import { findUnserialisable } from './host/serialisable.ts';
import { type LocalisedText, wordsFor } from './localised-text.ts';

const greeting: LocalisedText = {
  in: ({ locale, timeZone }) => (locale === 'es' ? `Hola (${timeZone})` : 'Hello'),
  toString: () => 'Hello',
  wordings: { en: 'Hello', es: 'Hola' },
};

const machine = createMachine({ entry: say(greeting), on: { more: { actions: say(() => greeting) } } });

it('is put into words for who hears it, wherever a machine says it', () => {
  const host = createHost(machine);
  const start = host.start(undefined, 0);
  const step = host.step(start.document, { kind: 'event', event: { type: 'more' } }, 0);
  for (const emitted of [...start.emitted, ...step.emitted] as unknown as readonly Say[]) {
    expect(wordsFor(emitted, { locale: 'es', timeZone: 'Europe/Madrid' })).toBe('Hola (Europe/Madrid)');
    expect(wordsFor(emitted, {})).toBe('Hello');
  }
  expect([start, step].map(({ emitted }) => emitted.length)).toEqual([1, 1]);
});

it('is a string in the default language for everybody else', () => {
  const said: unknown[] = [];
  const actor = createActor(machine);
  actor.on('parley.say' as never, (event: Say) => said.push(JSON.parse(JSON.stringify(event))));
  actor.start();
  actor.send({ type: 'more' });
  expect(said).toContainEqual({ type: 'parley.say', text: 'Hello', media: [], category: 'conversational' });
});

it('leaves a request what a document can hold', () => {
  const [request] = createHost(machine, { check: true }).start(undefined, 0).emitted;
  expect(findUnserialisable(request, 'request', false)).toBeUndefined();
});
