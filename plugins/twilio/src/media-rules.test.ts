import { address, type Media } from '@parley/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptedTypes, refusedMedia } from './media-rules.ts';
import { outgoing, THEIRS } from './test-support.ts';

const MB = 1024 * 1024;
const UNSUPPORTED = 'error.platform.media.unsupported-type';
const TOO_LARGE = 'error.platform.media.too-large-to-send';

const to = { mms: THEIRS, rcs: address(`rcs:${THEIRS}`), whatsapp: address(`whatsapp:${THEIRS}`) };

function verdict(channel: keyof typeof to, media: readonly Omit<Media, 'url'>[], text = 'Look'): string {
  const message = outgoing({ to: to[channel], text, media: media.map((one) => ({ url: '/a', ...one })) });
  return refusedMedia(message)?.code ?? 'passes';
}

describe('media of a message', () => {
  it.each([
    ['mms', 'image/png', 'passes'],
    ['mms', 'IMAGE/JPEG; quality=high', 'passes'],
    ['mms', 'audio/L24', 'passes'],
    ['mms', 'video/H263-1998', 'passes'],
    ['mms', 'image/svg+xml', UNSUPPORTED],
    ['mms', 'text/html', UNSUPPORTED],
    ['mms', '', 'passes'],
    ['mms', ';', UNSUPPORTED],
    ['mms', 'image/webp', UNSUPPORTED],
    ['whatsapp', 'image/webp', 'passes'],
    ['whatsapp', 'application/msword', 'passes'],
    ['whatsapp', 'application/zip', UNSUPPORTED],
    ['rcs', 'application/msword', UNSUPPORTED],
  ] as const)('over %s as %s: %s', (channel, contentType, code) => {
    expect(verdict(channel, [{ contentType }])).toBe(code);
  });

  it.each([
    ['mms', 'image/gif', 5 * MB - 4, 5 * MB + 1],
    ['mms', 'application/pdf', 500 * 1024, 500 * 1024 + 1],
    ['mms', undefined, 5 * MB - 4, 5 * MB + 1],
    ['whatsapp', 'image/png', 5 * MB, 5 * MB + 1],
    ['whatsapp', 'application/pdf', 16 * MB - 4, 16 * MB + 1],
    ['rcs', 'video/mp4', 16 * MB - 4, 16 * MB + 1],
  ] as const)('over %s as %s: %i bytes pass, %i are too many', (channel, contentType, fits, exceeds) => {
    const type = contentType === undefined ? {} : { contentType };
    expect(verdict(channel, [{ ...type, size: fits }])).toBe('passes');
    expect(verdict(channel, [{ ...type, size: exceeds }])).toBe(TOO_LARGE);
  });

  it('has to fit together, with its text', () => {
    const half = { contentType: 'image/png', size: 2.5 * MB };
    expect(verdict('mms', [half, half], '')).toBe('passes');
    expect(verdict('mms', [half, half], 'ü')).toBe(TOO_LARGE);
    expect(verdict('whatsapp', [half, half])).toBe('passes');
  });

  it('passes where nothing is declared, and over channels whose rules are not known', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.webUrl(), { maxLength: 10 }), (text, urls) => {
        expect(refusedMedia(outgoing({ text, media: urls.map((url) => ({ url })) }))).toBeUndefined();
      }),
    );
    const messenger = outgoing({ to: address('messenger:12345'), media: [{ url: '/a', contentType: 'text/html' }] });
    expect(refusedMedia(messenger)).toBeUndefined();
  });

  it('is refused with a sentence that says what is wrong', () => {
    const message = outgoing({ media: [{ url: 'https://example.com/secret', contentType: 'text/html' }] });
    const { reason } = refusedMedia(message) ?? {};
    expect(reason).toContain('text/html over MMS');
    expect(reason).not.toContain('secret');
  });
});

it('is known by types that are written as they are compared', () => {
  const types = [...acceptedTypes.all, ...acceptedTypes.whatsapp];
  expect(types).toEqual(types.map((type) => type.toLowerCase()));
  expect(new Set(types).size).toBe(types.length);
});
