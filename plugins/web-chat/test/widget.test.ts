import type { ShownMessage } from '@parley/plugin-web-chat';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../widget/src/conversation.ts';
import { linkify } from '../widget/src/linkify.ts';
import { createMemory } from '../widget/src/memory.ts';
import { inkOn } from '../widget/src/settings.ts';

function said(id: string, at: number, from: ShownMessage['from'] = 'bot'): ShownMessage {
  return { id, from, text: id, media: [], at };
}

function ids({ entries }: Conversation): string[] {
  return entries.map(({ id, state }) => (state === undefined ? id : `${id} ${state}`));
}

describe('the conversation of a page', () => {
  it('is in the order in which it was said, with what is on its way at the end', () => {
    const conversation = new Conversation();
    conversation.write({ id: 'mine', text: 'mine', at: 1 });
    conversation.add([said('later', 20), said('earlier', 10), said('theirs', 15, 'visitor')]);
    expect(ids(conversation)).toEqual(['earlier', 'theirs delivered', 'later', 'mine sending']);
  });

  it('knows a text of its own again, whichever word of the server comes first', () => {
    const conversation = new Conversation();
    for (const order of ['accepted first', 'shown first']) {
      conversation.write({ id: order, text: order, at: 1 });
      if (order === 'accepted first') conversation.accepted(order);
      conversation.add([said(order, 5, 'visitor')]);
      conversation.accepted(order);
    }
    expect(ids(conversation)).toEqual(['accepted first delivered', 'shown first delivered']);
  });

  it('shows what was never taken as such, until it is withdrawn', () => {
    const conversation = new Conversation();
    conversation.write({ id: 'mine', text: 'mine', at: 1 });
    conversation.failed('mine');
    expect(ids(conversation)).toEqual(['mine failed']);
    conversation.withdraw('mine');
    expect(ids(conversation)).toEqual([]);
  });

  it('keeps what it has read when the newest page reaches back to it, and begins anew when it does not', () => {
    const conversation = new Conversation();
    conversation.begin({ messages: [said('3', 3), said('4', 4)], more: 'before 3' });
    conversation.extend({ messages: [said('1', 1), said('2', 2)] });
    conversation.begin({ messages: [said('4', 4), said('5', 5)], more: 'before 4' });
    expect(ids(conversation)).toEqual(['1', '2', '3', '4', '5']);
    expect(conversation.more).toBeUndefined();
    conversation.begin({ messages: [said('90', 90), said('91', 91)], more: 'before 90' });
    expect(ids(conversation)).toEqual(['90', '91']);
    expect(conversation.more).toBe('before 90');
  });

  it('counts what the other side has said since', () => {
    const conversation = new Conversation();
    conversation.add([said('1', 1), said('2', 2, 'visitor'), said('3', 3, 'person')]);
    expect([conversation.unread(0), conversation.unread(1), conversation.unread(conversation.newestAt)]).toEqual([
      2, 1, 0,
    ]);
  });
});

describe('what a page remembers', () => {
  it('is there for the next page, and what other windows have written since', () => {
    const stored = new Map<string, string>();
    const storage = {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
    };
    const one = createMemory('chat', storage);
    const other = createMemory('chat', storage);
    one.patch({ token: 'a' });
    other.patch({ open: true });
    expect(one.read()).toEqual({ token: 'a', open: true });
    stored.set('chat', 'no JSON');
    expect(createMemory('chat', storage).read()).toEqual({});
  });

  it('lasts as long as the page where nothing may be kept', () => {
    const forbidden = () => {
      throw new Error('forbidden');
    };
    for (const storage of [undefined, { getItem: forbidden, setItem: forbidden }]) {
      const memory = createMemory('chat', storage);
      memory.patch({ token: 'a' });
      expect(memory.read()).toEqual({ token: 'a' });
    }
  });
});

describe('links', () => {
  it.each([
    ['See https://example.com/a?b=c.', ['See ', '→https://example.com/a?b=c', '.']],
    ['(https://example.com/a_(b))', ['(', '→https://example.com/a_(b)', ')']],
    ['javascript:alert(1) data:text/html,x', ['javascript:alert(1) data:text/html,x']],
    ['https://[', ['https://[']],
  ])('%s', (text, pieces) => {
    expect(linkify(text).map((piece) => (piece.href === undefined ? piece.text : `→${piece.text}`))).toEqual(pieces);
  });
});

it('writes black or white on a colour, whichever can be read', () => {
  expect(['#000000', '#0c7168', '#ffd98a', '#ffffff'].map(inkOn)).toEqual(['#fff', '#fff', '#000', '#000']);
});
