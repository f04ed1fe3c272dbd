import { setupBot } from '@parley/core';
import { describe, expect, it } from 'vitest';
import { ask, capture } from '../src/index.ts';
import { machine } from './asking.ts';
import { conversationWith } from './support.ts';
import { drink } from './tea.ts';

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
