import { describe, expect, it } from 'vitest';
import { assign } from 'xstate';
import { remember, saidBy, say } from './bot-actions.ts';

const PICTURE = { url: 'https://example.com/a.png' };

describe('what an action says', () => {
  it('is known of a fixed text before it runs', () => {
    expect(saidBy(say('Hello'))).toEqual({ text: 'Hello', media: [], category: 'conversational' });
    expect(saidBy(say('Look', { media: [PICTURE], category: 'marketing' }))).toEqual({
      text: 'Look',
      media: [PICTURE],
      category: 'marketing',
    });
  });

  it('is not known of a text that is made when it runs', () => {
    expect(saidBy(say(() => 'Hello'))).toEqual({ media: [], category: 'conversational' });
  });

  it('is known in every language of a text that is written in several', () => {
    const wordings = { en: 'Hello {name}', es: 'Hola {name}' };
    const text = { in: () => 'Hola Ann', toString: () => 'Hello Ann', wordings };
    expect(saidBy(say(text))).toEqual({ text: 'Hello Ann', wordings, media: [], category: 'conversational' });
    const made = Object.assign(() => text, { wordings });
    expect(saidBy(say(made))).toEqual({ wordings, media: [], category: 'conversational' });
  });

  it.each([[remember({ firstName: 'Ann' })], [assign({})], ['a name'], [undefined]])(
    'is nothing of other actions',
    (action) => {
      expect(saidBy(action)).toBeUndefined();
    },
  );
});
