import { describe, expect, it } from 'vitest';
import { anyText, botFor, firstContact, keyword, matching, pattern, type Trigger } from './triggers.ts';

const bot = (id: string, ...triggers: Trigger[]) => ({ id, triggers });
const starts = (bots: readonly { id: string; triggers: readonly Trigger[] }[], text: string, first = false) =>
  botFor(bots, { text, firstContact: first })?.id;

describe('keyword', () => {
  it.each(['book', 'BOOK', ' Book! ', '“book”', 'ｂｏｏｋ', '...book...'])('takes %j for BOOK', (text) => {
    expect(starts([bot('booking', keyword('BOOK'))], text)).toBe('booking');
  });

  it.each(['book it', 'booking', '', 'b ook', '!'])('does not take %j for BOOK', (text) => {
    expect(starts([bot('booking', keyword('BOOK'))], text)).toBeUndefined();
  });

  it('may have several words, with any white space between', () => {
    expect(starts([bot('booking', keyword('make an appointment', 'book'))], 'Make  an\nappointment.')).toBe('booking');
  });

  it('that is punctuation is itself only', () => {
    const help = [bot('help', keyword('?'))];
    expect(starts(help, ' ? ')).toBe('help');
    expect(starts(help, '!')).toBeUndefined();
    expect(starts(help, '')).toBeUndefined();
  });
});

describe('pattern', () => {
  it('matches anywhere, with case unless it says i, however often', () => {
    const bots = [bot('order', pattern(/order \d+/gy)), bot('any case', pattern(/menu/i))];
    for (let time = 0; time < 3; time++) expect(starts(bots, 'my order 12')).toBe('order');
    expect(starts(bots, 'Order 12')).toBeUndefined();
    expect(starts(bots, 'MENU')).toBe('any case');
  });
});

describe('matching', () => {
  const long = matching({ what: 'a long word', examples: ['extraordinary'], matches: (text) => text.length > 10 });

  it('asks its function, ahead of first contact and after patterns', () => {
    const bots = [bot('any', anyText()), bot('first', firstContact()), bot('long', long), bot('x', pattern(/^x/))];
    expect(starts(bots, 'extraordinary', true)).toBe('long');
    expect(starts(bots, 'xtraordinarily', true)).toBe('x');
    expect(starts(bots, 'short')).toBe('any');
  });

  it('asks about each text of a burst', () => {
    const text = { text: 'a\nextraordinary', parts: ['a', 'extraordinary'], firstContact: false };
    const exact = matching({ what: 'one', examples: [], matches: (part) => part === 'extraordinary' });
    expect(botFor([bot('long', exact)], text)?.id).toBe('long');
  });
});

describe('botFor', () => {
  it('prefers the more particular trigger, and the first bot among equals', () => {
    const bots = [
      bot('any', anyText()),
      bot('first', firstContact()),
      bot('pattern', pattern(/b/)),
      bot('keyword', keyword('b')),
      bot('second keyword', keyword('b')),
    ];
    expect(starts(bots, 'b', true)).toBe('keyword');
    expect(starts(bots, 'ab', true)).toBe('pattern');
    expect(starts(bots, 'x', true)).toBe('first');
    expect(starts(bots, 'x')).toBe('any');
    expect(starts(bots.slice(1), 'x')).toBeUndefined();
  });
});
