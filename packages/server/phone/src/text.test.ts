import { describe, expect, it } from 'vitest';
import { linkify } from './linkify.ts';
import { parseNumber, placesBesides, showNumber } from './numbers.ts';
import { segmentsOf } from './segments.ts';
import { statusLine } from './status.ts';
import { needsTime } from './time.ts';

describe('segments', () => {
  it.each([
    ['', 'GSM-7', 0, 160],
    ['a', 'GSM-7', 1, 159],
    ['a'.repeat(160), 'GSM-7', 1, 0],
    ['a'.repeat(161), 'GSM-7', 2, 145],
    ['a'.repeat(306), 'GSM-7', 2, 0],
    ['a'.repeat(307), 'GSM-7', 3, 152],
    ['€'.repeat(80), 'GSM-7', 1, 0],
    // A pair of septets is not cut: the second segment begins with the whole €.
    [`${'a'.repeat(152)}€${'a'.repeat(10)}`, 'GSM-7', 2, 141],
    ['ñ à Ü', 'GSM-7', 1, 155],
    ['ç', 'UCS-2', 1, 69],
    ['’', 'UCS-2', 1, 69],
    ['😀', 'UCS-2', 1, 68],
    ['😀'.repeat(35), 'UCS-2', 1, 0],
    ['😀'.repeat(36), 'UCS-2', 2, 61],
  ])('of %j', (text, encoding, count, left) => {
    expect(segmentsOf(text)).toEqual({ encoding, count, left });
  });
});

describe('links', () => {
  const links = (text: string) => linkify(text).flatMap(({ href }) => href ?? []);

  it('are found, without the punctuation around them', () => {
    expect(links('See https://a.example/x?y=1&z=2. Or (www.b.example/c_(d)), http://c.example!')).toEqual([
      'https://a.example/x?y=1&z=2',
      'https://www.b.example/c_(d)',
      'http://c.example/',
    ]);
  });

  it('are never made of anything but http and https', () => {
    for (const text of [
      'javascript:alert(1)',
      'data:text/html,x',
      'ftp://a.example',
      'https://',
      'xhttps://a',
      'a.b',
    ]) {
      expect(links(text)).toEqual([]);
    }
  });

  it('lose nothing of the text', () => {
    const text = '<b>hi</b> https://a.example/"onclick=x, www.b.example... end';
    expect(
      linkify(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });
});

describe('numbers', () => {
  it.each([
    ['(415) 555-0142', '+14155550142'],
    ['1 415 555 0142', '+14155550142'],
    ['+44 20 7946 0142', '+442079460142'],
    ['0044 20 7946 0142', '+442079460142'],
    ['0142', undefined],
    ['hello', undefined],
    ['', undefined],
  ])('%j are %s', (written, number) => {
    expect(parseNumber(written)).toBe(number);
  });

  it('are shown as people write them', () => {
    expect(showNumber('+14155550142')).toBe('+1 415 555 0142');
    expect(showNumber('whatsapp:+14155550142')).toBe('+1 415 555 0142 (whatsapp)');
    expect(showNumber('+442079460142')).toBe('+442079460142');
    expect(showNumber(`MG${'0'.repeat(31)}f`)).toBe('MG0000…000f');
  });

  it('are suggested unless an app has them', () => {
    const suggested = placesBesides([{ address: '+14155550142' }]).map(({ number }) => number);
    expect(suggested).not.toContain('+14155550142');
    expect(suggested).toContain('+13035550117');
  });
});

describe('the line below a bubble', () => {
  it('says what a code means', () => {
    expect(statusLine({ status: 'undelivered', code: '30003' })).toEqual({
      tone: 'trouble',
      label: 'Undelivered · 30003 phone unreachable',
    });
    expect(statusLine({ status: 'failed', code: 'error.platform.x', reason: 'Not at night.' }).label).toBe(
      'Failed · Not at night.',
    );
    expect(statusLine({ status: 'failed', code: '12345', reason: '' }).label).toBe('Failed · 12345');
    expect(statusLine({ status: 'delivered', code: '30003' })).toEqual({ tone: 'fine', label: 'Delivered' });
    expect(statusLine({ status: 'something-new' })).toEqual({ tone: 'waiting', label: 'something-new' });
  });
});

describe('times', () => {
  it('stand above the first text, after a pause and at a new day', () => {
    const noon = new Date(2026, 10, 23, 12).getTime();
    const midnight = new Date(2026, 10, 24).getTime();
    expect(needsTime(undefined, noon)).toBe(true);
    expect(needsTime(noon, noon + 60_000)).toBe(false);
    expect(needsTime(noon, noon + 16 * 60_000)).toBe(true);
    expect(needsTime(midnight - 1_000, midnight + 1_000)).toBe(true);
  });
});
