import { type ActorProfile, say, setupBot } from '@parley/core';
import { describe, expect, it } from 'vitest';
import { checklist, choose, confirm, menu } from '../src/index.ts';
import { conversationWith } from './support.ts';

const main = menu({
  prompt: 'Riverside Clinic. Reply with a number:',
  options: {
    book: { label: 'book an appointment', matches: ['appointment'] },
    talkToDesk: { matches: ['human', 'person'] },
  },
  otherwise: ['I only know two things.', 'Please answer with 1 or 2.'],
});

const machine = setupBot({ types: { context: {} as { actor: ActorProfile; wish: string } } }).createMachine({
  context: ({ input }) => ({ actor: input.actor, wish: '' }),
  initial: 'main',
  states: {
    main: choose(main, {
      bind: 'wish',
      chosen: {
        book: { target: 'done', actions: say('Gladly.') },
        talkToDesk: [
          { guard: ({ context }) => context.actor.firstName === 'Ann', target: 'done', actions: say('Hello Ann.') },
          { target: 'done', actions: say('The desk is closed.') },
        ],
      },
      noAnswer: 'done',
      gaveUp: { target: 'done', actions: say('Then not.') },
    }),
    done: { type: 'final', entry: say(({ context }) => `You wish: ${context.wish}.`) },
  },
});

describe('a menu', () => {
  it('lists its options, and takes them by number, name and match', async () => {
    for (const text of ['1', 'book', 'An appointment, please', 'apointment']) {
      const ann = await conversationWith(machine);
      expect(await ann.says('hi')).toEqual([
        'Riverside Clinic. Reply with a number:\n1 book an appointment\n2 talk to desk',
      ]);
      expect(await ann.says(text)).toEqual(['Gladly.', 'You wish: book.']);
    }
  });

  it('leads where the option leads, by its guards', async () => {
    const ann = await conversationWith(machine, { ann: { firstName: 'Ann' } });
    expect(await ann.says('hi', 'a human!')).toEqual(['Hello Ann.', 'You wish: talkToDesk.']);
    const stranger = await conversationWith(machine);
    expect(await stranger.says('hi', '2')).toEqual(['The desk is closed.', 'You wish: talkToDesk.']);
  });

  it('has a default response, in other words each time', async () => {
    const ann = await conversationWith(machine);
    expect(await ann.says('hi', 'weather')).toEqual([expect.stringMatching(/^I only know two things\. Riverside/)]);
    expect(await ann.says('news')).toEqual([expect.stringMatching(/^Please answer with 1 or 2\. Riverside/)]);
    expect(await ann.says('sports')).toEqual(['Then not.', 'You wish: .']);
  });

  it('asks which, when it could be two', async () => {
    const dialog = menu({
      prompt: 'Which?',
      options: { red: { label: 'red wine' }, white: { label: 'white wine' } },
      list: 'letters',
    });
    const ann = await conversationWith(dialog);
    expect(await ann.says('hi')).toEqual(['Which?\nA red wine\nB white wine']);
    expect(await ann.says('wine')).toEqual(['Which one, red wine or white wine? Which?\nA red wine\nB white wine']);
    await ann.says('b');
    expect(ann.outcomes).toMatchObject([{ value: 'white' }]);
  });

  it('leaves the list to its words', async () => {
    const ann = await conversationWith(menu({ prompt: 'TEA or COFFEE?', options: ['tea', 'coffee'], list: 'none' }));
    expect(await ann.says('hi')).toEqual(['TEA or COFFEE?']);
  });
});

describe('a checklist', () => {
  it('takes several, all and none', async () => {
    for (const [text, value] of [
      ['1 and 3', ['ham', 'onions']],
      ['all but the olives', ['ham', 'onions']],
      ['none', []],
    ] as const) {
      const ann = await conversationWith(checklist({ prompt: 'Which?', options: ['ham', 'olives', 'onions'] }));
      await ann.says('hi', text);
      expect(ann.outcomes).toMatchObject([{ value }]);
    }
  });

  it('says how many may be chosen', async () => {
    const ann = await conversationWith(checklist({ prompt: 'Which?', options: ['ham', 'olives', 'onions'], max: 1 }));
    expect(await ann.says('hi', 'all')).toEqual([expect.stringMatching(/^Please choose 1 at most\. Which\?/)]);
  });
});

describe('a confirmation', () => {
  it.each([
    ['yep', 'yes'],
    ['no thanks', 'no'],
    ['👍', 'yes'],
  ])('takes %s for %s', async (text, value) => {
    const ann = await conversationWith(confirm({ prompt: 'Sure?' }));
    await ann.says('hi', text);
    expect(ann.outcomes).toMatchObject([{ kind: 'answered', value }]);
  });

  it('helps who is not sure', async () => {
    const ann = await conversationWith(confirm({ prompt: 'Sure?' }));
    expect(await ann.says('hi', 'maybe')).toEqual(['Take your time. YES or NO? Sure?']);
  });
});
