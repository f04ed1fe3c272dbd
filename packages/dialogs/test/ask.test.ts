import { type ActorProfile, say, setupBot } from '@parley/core';
import { describe, expect, it } from 'vitest';
import { ask, capture, minutes } from '../src/index.ts';
import { conversationWith } from './support.ts';
import { drink } from './tea.ts';

const favourite = capture({
  types: { data: {} as { name: string } },
  prompt: ({ data }) => `${data.name}, coffee or tea?`,
  parse: drink,
  attempts: 2,
  reminders: [{ after: minutes(10), words: 'Well?' }],
});

const machine = setupBot({
  types: { context: {} as { actor: ActorProfile; drink: string; second: string } },
}).createMachine({
  context: ({ input }) => ({ actor: input.actor, drink: '', second: '' }),
  initial: 'first',
  states: {
    first: ask(favourite, {
      bind: 'drink',
      input: ({ context }) => ({ data: { name: context.actor.firstName ?? 'You' } }),
      on: {
        'message.received': {
          guard: ({ event }) => event.text === 'AGENT',
          target: 'agent',
        },
      },
      answered: [
        { guard: ({ event }) => event.output.value === 'tea', target: 'second', actions: say('Tea it is.') },
        { target: 'done' },
      ],
      noAnswer: { target: 'done', actions: say('Nobody there.') },
      gaveUp: { target: 'done', actions: say(({ event }) => `Gave up because of ${event.output.because}.`) },
    }),
    second: ask(favourite, {
      bind: 'second',
      input: () => ({ data: { name: 'Once more' } }),
      answered: 'done',
      noAnswer: 'done',
      gaveUp: 'done',
    }),
    agent: { entry: say('Here I am.'), on: { 'message.received': 'done' } },
    done: { type: 'final', entry: say(({ context }) => `Bye! ${context.drink} ${context.second}`.trim()) },
  },
});

describe('ask', () => {
  it('leaves by the exit that fits, with the answer bound', async () => {
    const ann = await conversationWith(machine, { ann: { firstName: 'Ann' } });
    expect(await ann.says('hi')).toEqual(['Ann, coffee or tea?']);
    expect(await ann.says('coffee')).toEqual(['Bye! coffee']);
  });

  it('keeps one question from hearing the answer to another', async () => {
    const ann = await conversationWith(machine);
    expect(await ann.says('hi', 'tea')).toEqual(['Tea it is.', 'Once more, coffee or tea?']);
    expect(await ann.says('coffee')).toEqual(['Bye! tea coffee']);
  });

  it('leaves when nobody answers, nothing is understood, or nothing arrives', async () => {
    const silent = await conversationWith(machine);
    await silent.says('hi');
    await silent.advance({ days: 1 });
    expect(silent.received.map(({ text }) => text)).toEqual(['You, coffee or tea?', 'Well?', 'Nobody there.', 'Bye!']);

    const unclear = await conversationWith(machine);
    expect(await unclear.says('hi', 'x', 'y')).toEqual(['Gave up because of attempts.', 'Bye!']);

    const lost = await conversationWith(machine);
    lost.carrier({ kind: 'lose', code: '30003' });
    await lost.says('hi');
    expect((await lost.simulation.messages()).map(({ text }) => text)).toContain('Gave up because of undeliverable.');
    expect(await lost.state()).toBeUndefined();
  });

  it('lets transitions of the state itself go first', async () => {
    const ann = await conversationWith(machine);
    expect(await ann.says('hi', 'AGENT')).toEqual(['Here I am.']);
    expect(await ann.says('tea')).toEqual(['Bye!']);
  });

  it('refuses an exit that may lead nowhere', () => {
    expect(() =>
      setupBot({}).createMachine({
        states: {
          asking: ask(capture({ prompt: '?', parse: drink }), {
            answered: { guard: ({ event }) => event.output.value === 'tea', target: 'done' },
            noAnswer: 'done',
            gaveUp: 'done',
          }),
          done: {},
        },
      }),
    ).toThrow(/answered: the last of its transitions has a guard/);
  });
});
