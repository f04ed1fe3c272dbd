import { defineApp, defineOrganization } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { SimulatedCarrier, simulate } from '@parley/testing';
import { describe, expect, it } from 'vitest';
import { measure, plainText } from '../src/measure.ts';
import { type SegmentsOptions, segments } from '../src/segments.ts';

describe('measure', () => {
  it.each([
    ['', 'GSM-7', 0],
    ['a'.repeat(160), 'GSM-7', 1],
    ['a'.repeat(161), 'GSM-7', 2],
    ['a'.repeat(306), 'GSM-7', 2],
    ['€'.repeat(80), 'GSM-7', 1],
    ['€'.repeat(81), 'GSM-7', 2],
    ['日'.repeat(70), 'UCS-2', 1],
    ['日'.repeat(71), 'UCS-2', 2],
    ['👍', 'UCS-2', 1],
  ])('counts %j as %s', (text, encoding, count) => {
    expect(measure(text)).toMatchObject({ encoding, segments: count });
  });

  it('names what makes a text costly, and what it costs', () => {
    expect(measure('“Hi” 👍 “you”', { perSegment: 0.0083, currency: 'USD' })).toMatchObject({
      costly: ['“', '”', '👍'],
      cost: { amount: 0.0083, currency: 'USD' },
    });
    expect(measure('a'.repeat(400), { perSegment: 0.1, currency: 'EUR' }).cost?.amount).toBe(0.3);
  });
});

describe('plainText', () => {
  it('makes quotes and dashes plain, where that saves something', () => {
    expect(plainText('“It’s here” – now…')).toBe('"It\'s here" - now...');
    expect(plainText('“It’s 👍”')).toBe('“It’s 👍”');
    expect(plainText('Schön — é')).toBe('Schön - é');
  });
});

describe('the plugin', () => {
  async function send(text: string, options: SegmentsOptions = {}) {
    const simulation = await simulate(
      defineOrganization({
        name: 'Test',
        apps: [defineApp({ id: 'app', number: '+14155550100', longTexts: 'split' })],
        transports: { sms: new SimulatedCarrier() },
        storage: memoryStorage(),
        plugins: [segments(options)],
      }),
    );
    await simulation.engine.notify({ app: 'app', to: '+14155550123', name: 'test', text });
    await simulation.advance({ seconds: 1 });
    const [message] = await simulation.messages();
    const received = simulation.actor('+14155550123').lastText;
    await simulation.close();
    return { message, received };
  }

  it('sends plain text, and keeps what was said in the log', async () => {
    const { message, received } = await send('It’s ready');
    expect(received).toBe("It's ready");
    expect(message?.text).toBe('It’s ready');
    expect((await send('It’s ready', { plain: false })).received).toBe('It’s ready');
  });

  it('refuses what has too many segments', async () => {
    const { message, received } = await send('日'.repeat(200), { limit: 2 });
    expect(received).toBe('');
    expect(message?.error).toEqual({ code: 'segments.too-many', reason: 'The text has 3 segments; 2 are allowed.' });
  });

  it('checks its options', () => {
    expect(() => segments({ limit: 0 })).toThrow(/config\.malformed/);
  });
});
