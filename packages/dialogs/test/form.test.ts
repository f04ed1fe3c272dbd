import { describe, expect, it } from 'vitest';
import { capture, form, menu } from '../src/index.ts';
import { number } from '../src/parsers/index.ts';
import { order } from './order.ts';
import { conversationWith } from './support.ts';

const all = ['hi', 'large', 'ham', 'yes', '5 Main Street'];

describe('a form', () => {
  it('asks in order, says it all, and is answered when it is right', async () => {
    const ann = await conversationWith(order);
    expect(await ann.says('hi')).toEqual(['Which size?\n1 small\n2 large']);
    expect(await ann.says('2')).toEqual(['Which toppings?\n1 ham\n2 olives']);
    expect(await ann.says('ham, olives')).toEqual(['Shall we bring it?']);
    expect(await ann.says('yes please')).toEqual(['Where to?']);
    expect(await ann.says('5 Main Street')).toEqual([
      'A large pizza with ham and olives to 5 Main Street.\nIs that right? Reply YES, or what to change: size, what is on it, delivery or address.',
    ]);
    expect(await ann.says('Yes!')).toEqual([]);
    expect(ann.outcomes).toEqual([
      {
        kind: 'answered',
        value: { size: 'large', toppings: ['ham', 'olives'], delivery: 'yes', address: '5 Main Street' },
        text: 'Yes!',
        at: expect.any(Number),
      },
    ]);
  });

  it('leaves out what does not apply', async () => {
    const ann = await conversationWith(order);
    expect(await ann.says('hi', 's', 'none', 'no')).toEqual([
      'A small pizza with nothing.\nIs that right? Reply YES, or what to change: size, what is on it or delivery.',
    ]);
    await ann.says('yes');
    expect(ann.outcomes).toMatchObject([{ value: { size: 'small', toppings: [], delivery: 'no' } }]);
  });

  it('changes what is named, in other words than at first', async () => {
    const ann = await conversationWith(order);
    expect(await ann.says(...all, 'no, the size')).toEqual(['All right. Which size?\n1 small\n2 large']);
    expect(await ann.says('small')).toEqual([expect.stringMatching(/^A small pizza with ham to 5 Main Street/)]);
    expect(await ann.says('size')).toEqual(['Once more, then. Which size?\n1 small\n2 large']);
    expect(await ann.says('large', 'yes')).toEqual([]);
    expect(ann.outcomes).toMatchObject([{ value: { size: 'large', address: '5 Main Street' } }]);
  });

  it('asks what to change after a mere no', async () => {
    const ann = await conversationWith(order);
    expect(await ann.says(...all, 'no')).toEqual([
      'What shall I change?\n1 size\n2 what is on it\n3 delivery\n4 address',
    ]);
    expect(await ann.says('sauce')).toEqual([
      'Sorry, I did not get that. What shall I change?\n1 size\n2 what is on it\n3 delivery\n4 address',
    ]);
    expect(await ann.says('2')).toEqual(['All right. Which toppings?\n1 ham\n2 olives']);
  });

  it('asks what applies after a change, and forgets what does not', async () => {
    const ann = await conversationWith(order);
    await ann.says(...all, 'delivery', 'no');
    expect(ann.lastText).toMatch(/^A large pizza with ham.\n/);
    await ann.says('yes');
    expect(ann.outcomes).toEqual([
      expect.objectContaining({ value: { size: 'large', toppings: ['ham'], delivery: 'no' } }),
    ]);
  });

  it('names what can be changed to who neither says yes nor what to change, in other words each time', async () => {
    const ann = await conversationWith(order);
    expect(await ann.says(...all, 'make it nicer')).toEqual([
      'Reply YES, or one of: size, what is on it, delivery, address. Is that right?',
    ]);
    expect(await ann.says('pineapple')).toEqual([
      'I only understand YES, or one of: size, what is on it, delivery, address. Is that right?',
    ]);
  });

  it('goes back to what was asked before, and back from a change to the review', async () => {
    const ann = await conversationWith(order);
    expect(await ann.says('hi', 'large', 'back')).toEqual(['All right. Which size?\n1 small\n2 large']);
    expect(await ann.says('small')).toEqual(['All right. Which toppings?\n1 ham\n2 olives']);
    expect(await ann.says('ham', 'no', 'back')).toEqual(['All right. Shall we bring it?']);
    expect(await ann.says('no', 'size', 'back')).toEqual([expect.stringMatching(/^A small pizza with ham.\n/)]);
  });

  it('does not ask what is known', async () => {
    const known = form({
      fields: {
        size: menu({ prompt: 'Which size?', options: ['small', 'large'] }),
        count: capture({ prompt: 'How many?', parse: number({ min: 1 }) }),
      },
      known: ({ actor }) => (actor?.attributes?.size === 'small' ? { size: 'small' } : {}),
    });
    const ann = await conversationWith(known, { ann: { attributes: { size: 'small' } } });
    expect(await ann.says('hi')).toEqual(['How many?']);
    expect(await ann.says('2')).toEqual([
      'Size: small\nCount: 2\nIs that right? Reply YES, or what to change: size or count.',
    ]);
  });

  it('hands its data and the answers so far to its fields', async () => {
    const dialog = form({
      types: { data: {} as { shop: string } | undefined },
      fields: {
        size: menu({ prompt: 'Which size?', options: ['small', 'large'] }),
        count: capture({
          types: { data: {} as { size?: 'small' | 'large' | undefined } },
          prompt: ({ data }) => `How many ${data.size} ones?`,
          parse: number({ min: 1 }),
        }),
      },
      review: false,
    });
    const ann = await conversationWith(dialog);
    expect(await ann.says('hi', 'large')).toEqual(['How many large ones?']);
    await ann.says('3');
    expect(ann.outcomes).toMatchObject([{ kind: 'answered', value: { size: 'large', count: 3 }, text: '3' }]);
  });

  it('has what was answered in its outcome when nobody answers or it is given up', async () => {
    const silent = await conversationWith(order);
    await silent.says('hi', 'large');
    await silent.advance({ days: 1 });
    expect(silent.outcomes).toEqual([{ kind: 'no-answer', answers: { size: 'large' }, field: 'toppings' }]);

    const unclear = await conversationWith(order);
    await unclear.says('hi', 'x', 'y', 'z');
    expect(unclear.outcomes).toMatchObject([{ kind: 'gave-up', because: 'attempts', answers: {}, field: 'size' }]);

    const unwilling = await conversationWith(order);
    await unwilling.says(...all, 'never mind');
    expect(unwilling.outcomes).toMatchObject([{ kind: 'gave-up', because: 'declined', answers: { size: 'large' } }]);
  });

  it('is given up when there is no end of changes', async () => {
    const ann = await conversationWith(order);
    await ann.says(...all);
    for (let change = 0; change < 10; change++) await ann.says('size', 'small');
    expect(ann.outcomes).toEqual([]);
    await ann.says('size');
    expect(ann.outcomes).toMatchObject([{ kind: 'gave-up', because: 'attempts', answers: { size: 'small' } }]);
  });
});
