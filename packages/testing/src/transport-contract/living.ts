import { ParleyError } from '@parley/core';
import { expect, it } from 'vitest';
import { expectDiscreet, refusal } from './outcomes.ts';
import { asking, optionsFor, type Setting } from './setting.ts';

const RETRIES = ['never', 'soon', 'later', 'fixed'];

export function livingContract(setting: Setting): void {
  it('has a name that can be part of a path', () => {
    expect(setting.provider.create().name).toMatch(/^[a-z][a-z0-9-]*$/);
  });

  it('is closed without having been opened, and more than once', async () => {
    const transport = setting.provider.create();
    await transport.close();
    await setting.open(transport);
    await transport.close();
    await transport.close();
  });

  it('is opened again after it was closed', async () => {
    const transport = await setting.open();
    await transport.close();
    await setting.open(transport);
    const message = setting.message();
    await transport.send(message, optionsFor(message));
    expect(await setting.provider.taken()).toHaveLength(1);
  });

  it('has no emulator unless it is emulated, and says so by a code', async () => {
    const transport = await setting.open();
    if (transport.emulator === undefined) return;
    expect(await refusal(() => transport.emulator?.())).toMatchObject({
      code: 'error.platform.transport.no-emulator',
    });
  });

  it('explains the codes of the provider that it knows, and no others', async () => {
    const transport = await setting.open();
    for (const code of setting.underTest.codes ?? []) {
      const explanation = transport.explain?.(code);
      expect(explanation?.meaning, code).toMatch(/\S/);
      expect(explanation?.advice, code).toMatch(/\S/);
      expect(RETRIES, code).toContain(explanation?.retry);
    }
    for (const code of ['', 'no-such-code', 'constructor', '__proto__'])
      expect(transport.explain?.(code)).toBeUndefined();
  });
}

export function mediaContract(setting: Setting): void {
  const limits = (limit = 1_000_000) => ({ limit, ...asking() });

  it('fetches nothing from anywhere but the provider', async () => {
    const transport = await setting.open();
    if (transport.fetchMedia === undefined) return;
    for (const url of ['http://169.254.169.254/latest/meta-data', 'file:///etc/passwd', 'https://example.com/', 'x']) {
      const error = await refusal(() => transport.fetchMedia?.({ url }, limits()));
      expect(error).toBeInstanceOf(ParleyError);
      expect(['error.platform.media.refused', 'error.platform.media.unavailable']).toContain(
        (error as ParleyError).code,
      );
    }
  });

  it('fetches a picture that a person has sent, up to the limit', async () => {
    const transport = await setting.open();
    const picture = await setting.provider.picture?.();
    if (picture === undefined || transport.fetchMedia === undefined) return;
    const { media, data } = picture;
    const fetch = async (limit?: number) => transport.fetchMedia?.(media, limits(limit));
    const fetched = await fetch();
    expect(fetched?.contentType).toMatch(/^[\w.-]+\/[\w.+-]+/);
    expect(Buffer.from(fetched?.data ?? [])).toEqual(Buffer.from(data));
    const error = await refusal(() => fetch(data.byteLength - 1));
    expect(error).toMatchObject({ code: 'error.platform.media.too-large' });
    expectDiscreet(error, setting.message());
  });
}
