import { type BotOptions, say, setupBot } from '@parley/core';
import { duplicateLimit } from '@parley/plugin-duplicate-limit';
import { describe, expect, it } from 'vitest';
import { ask, capture, collectMedia, days, form, hours, menu, minutes, number, otp } from '../src/index.ts';
import { machine as asking } from './asking.ts';
import { type ConversationOptions, conversationWith } from './support.ts';
import { drink } from './tea.ts';

/** Ann's conversation, with people who can take it and give it back. */
async function attendedConversation(machine: BotOptions['machine'], options?: ConversationOptions) {
  const ann = await conversationWith(machine, options);
  const { engine } = ann.simulation;
  /** People have the conversation for so long; gives what is said when they have given it back. */
  async function peopleTakeOver(duration: { readonly hours?: number } = {}) {
    const key = (await ann.conversation())!.key;
    await engine.handOver(key, { to: 'desk' });
    await ann.says('Is anybody there?');
    await ann.advance(duration);
    const before = ann.received.length;
    await engine.resume(key);
    // Numbers send one text after the other.
    await ann.advance({ seconds: 10 });
    return ann.received.slice(before).map(({ text }) => text);
  }
  return Object.assign(ann, { peopleTakeOver });
}

describe('a conversation that people give back', () => {
  it('is asked again in the words of the next attempt, which counts none', async () => {
    const prompt = ['Coffee or tea?', 'COFFEE or TEA?'];
    const ann = await attendedConversation(capture({ prompt, parse: drink }));
    await ann.says('hi');
    expect(await ann.peopleTakeOver()).toEqual(['COFFEE or TEA?']);
    // Of two attempts the second.
    expect(await ann.says('beer')).toEqual(['COFFEE or TEA?']);
    expect(await ann.peopleTakeOver()).toEqual(['Here I am again. COFFEE or TEA?']);
    await ann.says('tea');
    expect(ann.outcomes).toMatchObject([{ kind: 'answered', value: 'tea' }]);
  });

  it('says that the bot is back where the words are the same, or has a function say it', async () => {
    const same = await attendedConversation(capture({ prompt: 'How many?', parse: number() }));
    await same.says('hi');
    expect(await same.peopleTakeOver()).toEqual(['Here I am again. How many?']);
    expect(await same.says('a few')).toEqual(['Could you be more precise? How many?']);

    const made = await attendedConversation(
      capture({ prompt: ({ attempt, problem }) => `${attempt} ${problem?.code ?? 'first'}`, parse: number() }),
    );
    expect(await made.says('hi')).toEqual(['1 first']);
    expect(await made.peopleTakeOver()).toEqual(['2 resumed']);
    expect(await made.says('a few')).toEqual(['2 vague']);
  });

  it('takes words of the bot’s own for it', async () => {
    const tea = menu({
      prompt: 'Tea?',
      options: ['green', 'black'],
      otherwise: 'No.',
      problems: { resumed: 'Back again.' },
    });
    const ann = await attendedConversation(tea);
    await ann.says('hi');
    expect(await ann.peopleTakeOver()).toEqual(['Back again. Tea?\n1 green\n2 black']);
  });

  it('has its reminders and its patience begin anew', async () => {
    const reminders = [{ after: hours(1), words: 'Well?' }];
    const ann = await attendedConversation(capture({ prompt: 'Tea?', parse: drink, reminders, patience: days(1) }));
    await ann.says('hi');
    await ann.advance({ hours: 23 });
    expect(ann.lastText).toBe('Well?');
    await ann.peopleTakeOver({ hours: 48 });
    await ann.advance({ minutes: 59 });
    expect(ann.lastText).toBe('Here I am again. Tea?');
    await ann.advance({ minutes: 1 });
    expect(ann.lastText).toBe('Well?');
    await ann.advance({ hours: 22 });
    expect(ann.outcomes).toEqual([]);
    await ann.advance({ hours: 1 });
    expect(ann.outcomes).toEqual([{ kind: 'no-answer' }]);
  });

  it('is asked the question that is open, of those of a bot', async () => {
    const ann = await attendedConversation(asking);
    await ann.says('hi', 'tea');
    expect(await ann.peopleTakeOver()).toEqual(['Once more, coffee or tea?']);
    expect(await ann.says('coffee')).toEqual(['Bye! tea coffee']);
  });

  it('is for the state to go on with, if its own transitions take that', async () => {
    const machine = setupBot({}).createMachine({
      initial: 'asking',
      states: {
        asking: ask(capture({ prompt: 'Tea?', parse: drink }), {
          on: { 'conversation.resumed': 'over' },
          answered: 'over',
          noAnswer: 'over',
          gaveUp: 'over',
        }),
        over: { type: 'final', entry: say('Bye!') },
      },
    });
    const ann = await attendedConversation(machine);
    await ann.says('hi');
    expect(await ann.peopleTakeOver()).toEqual(['Bye!']);
  });

  it('is asked the field of a form, and told all answers again in the review', async () => {
    const ann = await attendedConversation(
      form({
        fields: {
          count: capture({ prompt: 'How many?', parse: number() }),
          drink: capture({ prompt: 'Tea?', parse: drink }),
        },
      }),
    );
    await ann.says('hi', '2');
    expect(await ann.peopleTakeOver()).toEqual(['Here I am again. Tea?']);
    await ann.says('tea');
    const review = 'Count: 2\nDrink: tea\nIs that right? Reply YES, or what to change: count or drink.';
    expect(await ann.peopleTakeOver()).toEqual([`Here I am again. ${review}`]);
    await ann.says('yes');
    expect(ann.outcomes).toMatchObject([{ kind: 'answered', value: { count: 2, drink: 'tea' } }]);
  });

  it('keeps the pictures that it has', async () => {
    const ann = await attendedConversation(collectMedia({ prompt: 'Pictures, please!', max: 2 }));
    const media = [{ url: 'https://example.com/1', contentType: 'image/jpeg' }];
    await ann.says('hi');
    await ann.text('', { media });
    expect(await ann.peopleTakeOver()).toEqual(['Here I am again. Pictures, please!']);
    await ann.text('', { media });
    expect(ann.outcomes).toMatchObject([{ kind: 'answered', value: [...media, ...media] }]);
  });

  it('is asked for a code that is not texted twice, and can get another', async () => {
    const ann = await attendedConversation(otp({ validFor: minutes(10) }));
    const [text = ''] = await ann.says('hi');
    expect(await ann.peopleTakeOver()).toEqual(['Please text me the code, or NEW for another one.']);
    await ann.says(/\d{6}/.exec(text)?.[0] ?? '');
    expect(ann.outcomes).toMatchObject([{ kind: 'answered', value: true }]);

    const codes: string[] = [];
    const mailed = await attendedConversation(
      otp({ prompt: 'Which code?', send: async ({ code }) => void codes.push(code) }),
    );
    await mailed.says('hi');
    expect(await mailed.peopleTakeOver()).toEqual(['Here I am again. Which code?']);
    await mailed.says(codes[0] ?? '');
    expect(mailed.outcomes).toMatchObject([{ kind: 'answered', value: true }]);
  });

  it('gets through limits on duplicates', async () => {
    const options = { mode: 'published', plugins: [duplicateLimit()] } as const;
    const ann = await attendedConversation(capture({ prompt: 'Tea?', parse: drink }), options);
    await ann.says('hi');
    expect(await ann.peopleTakeOver()).toEqual(['Here I am again. Tea?']);
    expect(await ann.peopleTakeOver()).toEqual(['Once more: Tea?']);
    expect(ann.outcomes).toEqual([]);
  });
});
