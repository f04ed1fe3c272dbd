import { isAddress } from '@parley/core';
import { expect, it } from 'vitest';
import { PICTURE, type Setting } from './setting.ts';
import { genuine, pictured, takeIn, textOf } from './webhook.ts';

const TEXTS = ['hi', 'Crème & co = 100%?', 'two\nlines', '🎉 你好 שלום', ' +1 ', 'x'.repeat(1_600)];

export function receivingContract(setting: Setting): void {
  const request = (...parts: Parameters<typeof setting.provider.textRequest>) =>
    genuine(setting, setting.provider.textRequest(...parts));

  it.each(TEXTS.map((text) => [text.slice(0, 30), text]))('reads a text as it is: %j', async (_, text) => {
    const transport = await setting.open();
    const { inbound, statuses, reply } = await takeIn(transport, request(textOf(setting, { text })));
    expect(statuses).toEqual([]);
    expect(inbound).toHaveLength(1);
    expect(inbound[0]).toMatchObject({
      from: setting.theirs,
      text,
      media: [],
      providerId: expect.stringMatching(/\S/),
    });
    expect(inbound[0]?.to).toContain(setting.ours);
    expect(inbound[0]?.to.every(isAddress)).toBe(true);
    expect(reply.status).toBeGreaterThanOrEqual(200);
    expect(reply.status).toBeLessThan(300);
  });

  it('names the same text the same when it comes again, in any process, and others otherwise', async () => {
    const [one, other] = [await setting.open(), await setting.open()];
    const idOf = async (transport: typeof one, number: number) =>
      (await takeIn(transport, request(textOf(setting, { number })))).inbound[0]?.providerId;
    const id = await idOf(one, 1);
    expect(await idOf(one, 1)).toBe(id);
    expect(await idOf(other, 1)).toBe(id);
    expect(await idOf(one, 2)).not.toBe(id);
  });

  it('keeps what it does not know, and does not mind it', async () => {
    const transport = await setting.open();
    const known = await takeIn(transport, request(textOf(setting)));
    const { inbound, ...rest } = await takeIn(transport, request(textOf(setting), { Tomorrow: 'something new' }));
    expect(inbound[0]?.raw).toMatchObject({ Tomorrow: 'something new' });
    expect(rest).toEqual({ statuses: known.statuses, reply: known.reply });
    expect({ ...inbound[0], raw: {} }).toEqual({ ...known.inbound[0], raw: {} });
  });

  if (!setting.underTest.media) return;

  it('reads pictures, with words and without', async () => {
    const transport = await setting.open();
    for (const text of ['Look', '']) {
      const { inbound } = await takeIn(transport, request(textOf(setting, { ...pictured, text })));
      expect(inbound[0]).toMatchObject({ text, media: [{ url: PICTURE.url }] });
    }
  });
}
