import type { LocalisedText } from '@parley/core';
import { createHost } from '@parley/core/host';
import { duplicateLimit } from '@parley/plugin-duplicate-limit';
import { describe, expect, it } from 'vitest';
import { capture, confirm, date, form, hours, minutes, number, phoneNumber } from '../src/index.ts';
import { conversationWith } from './support.ts';
import { drink } from './tea.ts';

/** As `@parley/texts` has them. */
function text(wordings: { readonly en: string; readonly es: string }): LocalisedText {
  return {
    in: ({ locale = 'en' }) => (locale.startsWith('es') ? wordings.es : wordings.en),
    toString: () => wordings.en,
    wordings,
  };
}

describe('the language of the person', () => {
  const question = text({ en: 'Shall we come?', es: '¿Vamos?' });

  it('is spoken and understood', async () => {
    const dialog = confirm({
      prompt: question,
      problems: { 'not-yes-or-no': text({ en: 'YES or NO?', es: '¿SÍ o NO?' }) },
      reminders: [{ after: minutes(10), words: text({ en: 'Well?', es: '¿Y?' }) }],
    });
    const ann = await conversationWith(dialog, { ann: { locale: 'es-MX' } });
    expect(await ann.says('hola')).toEqual(['¿Vamos?']);
    expect(await ann.says('perro')).toEqual(['¿SÍ o NO? ¿Vamos?']);
    await ann.advance({ minutes: 10 });
    expect(ann.lastText).toBe('¿Y?');
    await ann.says('claro que sí');
    expect(ann.outcomes).toMatchObject([{ value: 'yes' }]);
  });

  it('is that of a review which was not understood', async () => {
    const dialog = form({
      fields: { count: capture({ prompt: text({ en: 'How many?', es: '¿Cuántos?' }), parse: number() }) },
      labels: { count: 'cantidad' },
      right: text({ en: 'Is it right?', es: '¿Está bien?' }),
      problems: {
        'not-yes-or-change': ({ problem }) =>
          text({ en: 'YES, or what to change.', es: `Responda SÍ, o: ${problem?.details?.fields}.` }),
      },
    });
    const ann = await conversationWith(dialog, { ann: { locale: 'es' } });
    await ann.says('hola', '2');
    expect(await ann.says('perro')).toEqual(['Responda SÍ, o: cantidad. ¿Está bien?']);
  });

  it('is that of others in the same bot, too', async () => {
    const ann = await conversationWith(confirm({ prompt: question }), { ann: { locale: 'es' } });
    const bob = ann.simulation.actor('+14155550188');
    expect(await ann.says('hola')).toEqual(['¿Vamos?']);
    expect(await bob.text('hi')).toEqual(['Shall we come?']);
    await Promise.all([ann.text('no'), bob.text('yes')]);
    expect(ann.outcomes).toMatchObject([{ kind: 'answered' }, { kind: 'answered' }]);
  });
});

describe('where the person is', () => {
  it('is known by their number, for numbers without a country', async () => {
    const ann = await conversationWith(capture({ prompt: 'Call whom?', parse: phoneNumber() }));
    const british = ann.simulation.actor('+447400123456');
    await british.text('hi');
    await british.text('020 7946 0958');
    expect(ann.outcomes).toMatchObject([{ value: '+442079460958' }]);
  });

  it('counts for today and tomorrow', async () => {
    // Noon in New York is the next day in Auckland.
    const [here, there] = [
      await conversationWith(day, {}),
      await conversationWith(day, { ann: { timeZone: 'Pacific/Auckland' } }),
    ];
    await here.says('hi', 'today');
    await there.says('hi', 'today');
    expect(JSON.stringify(here.outcomes)).toContain('2026-01-05');
    expect(JSON.stringify(there.outcomes)).toContain('2026-01-06');
  });
  const day = capture({ prompt: 'Which day?', parse: date() });
});

describe('a limit on duplicates', () => {
  it('has a question asked in other words, and a reminder left out', async () => {
    const dialog = capture({
      prompt: 'Coffee or tea?',
      parse: drink,
      reminders: [{ after: minutes(1), words: 'Well?' }],
    });
    const ann = await conversationWith(dialog, { mode: 'published', plugins: [duplicateLimit()] });
    await ann.says('hi', 'tea');
    await ann.advance({ seconds: 30 });
    await ann.says('hi');
    await ann.advance({ seconds: 30 });
    expect(ann.lastText).toBe('Once more: Coffee or tea?');
    await ann.advance({ seconds: 61 });
    expect(ann.lastText).toBe('Well?');
    await ann.says('coffee');
    expect(ann.outcomes).toMatchObject([{ value: 'tea' }, { value: 'coffee' }]);
  });
});

describe('a new version of the options', () => {
  it('goes on with what was asked by the old one', () => {
    const before = createHost(
      capture({
        prompt: ['Drink?', 'Which?', 'Well?'],
        parse: drink,
        reminders: [1, 2, 3].map((count) => ({ after: minutes(count), words: '?' })),
      }),
    );
    const after = createHost(capture({ prompt: 'Coffee or tea?', parse: drink, reminders: [], patience: hours(1) }));
    const received = (heard: string) => ({
      kind: 'event' as const,
      event: { type: 'message.received', text: heard, media: [], at: 0, from: '+14155550123' },
    });
    const { document } = before.step(before.start({}, 0).document, received('beer'), 1);
    const step = after.step(after.adopt(document, 2).document, received('wine'), 3);
    expect(step.emitted).toMatchObject([{ text: 'I still did not get that. Coffee or tea?' }]);
    expect(after.step(step.document, received('tea'), 4).document.status).toBe('done');
  });
});
