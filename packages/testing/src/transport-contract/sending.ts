import { expect, it } from 'vitest';
import { optionsFor, PICTURE, type Setting } from './setting.ts';

const TEXTS = ['Hello', 'Crème brûlée & 50% off = €5?', 'two\nlines', '🎉 你好 שלום', 'x'.repeat(1_600)];

export function sendingContract(setting: Setting): void {
  it.each(TEXTS.map((text) => [text.slice(0, 30), text]))('hands a text over as it is: %j', async (_, text) => {
    const transport = await setting.open();
    const message = setting.message({ text });
    const receipt = await transport.send(Object.freeze(message), optionsFor(message));
    expect(receipt.providerId).toMatch(/\S/);
    expect(receipt.providerStatus).toMatch(/\S/);
    expect(await setting.provider.taken()).toEqual([
      { providerId: receipt.providerId, from: message.from, to: message.to, text, media: [] },
    ]);
  });

  it('hands over many at once, each once and with an id of its own', async () => {
    const transport = await setting.open();
    const messages = Array.from({ length: 20 }, () => setting.message());
    const receipts = await Promise.all(messages.map((message) => transport.send(message, optionsFor(message))));
    const taken = new Map((await setting.provider.taken()).map(({ providerId, text }) => [text, providerId]));
    expect(taken.size).toBe(messages.length);
    expect(messages.map(({ text }) => taken.get(text))).toEqual(receipts.map(({ providerId }) => providerId));
  });

  it('would take a plain text, as far as can be told by looking at it', async () => {
    const transport = await setting.open();
    expect(transport.refuses?.(setting.message())).toBeUndefined();
  });

  if (setting.underTest.media) {
    it('hands over a picture, with words and without', async () => {
      const transport = await setting.open();
      for (const text of ['Look', '']) {
        const message = setting.message({ text, media: [PICTURE] });
        expect(transport.refuses?.(message)).toBeUndefined();
        await transport.send(message, optionsFor(message));
      }
      const taken = (await setting.provider.taken()).map(({ text, media }) => ({ text, media }));
      expect(taken).toEqual([
        { text: 'Look', media: [PICTURE.url] },
        { text: '', media: [PICTURE.url] },
      ]);
    });
  } else {
    it('refuses a picture by looking at it, and says why', async () => {
      const transport = await setting.open();
      expect(transport.refuses?.(setting.message({ media: [PICTURE] }))).toEqual({
        code: expect.stringMatching(/\S/),
        reason: expect.stringMatching(/\S/),
      });
    });
  }

  if (setting.underTest.idempotent) {
    it('is one message when the same key is sent twice', async () => {
      const message = setting.message();
      const receipts = [];
      for (const transport of [await setting.open(), await setting.open()])
        receipts.push(await transport.send(message, optionsFor(message)));
      expect(await setting.provider.taken()).toHaveLength(1);
      expect(receipts[1]?.providerId).toBe(receipts[0]?.providerId);
    });
  }
}
