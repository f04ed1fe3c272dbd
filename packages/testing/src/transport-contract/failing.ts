import { expect, it, vi } from 'vitest';
import { expectDiscreet, expectSendError, failureOf, refusal } from './outcomes.ts';
import { optionsFor, type ProviderFault, type Setting } from './setting.ts';

export function failingContract(setting: Setting, can: (fault: ProviderFault) => boolean): void {
  /** Sends a message while something goes wrong, and gives how it failed. */
  async function failed(fault: ProviderFault) {
    const transport = await setting.open();
    const message = setting.message();
    await setting.provider.fail(fault);
    const error = expectSendError(await refusal(() => transport.send(message, optionsFor(message))), message);
    return { error, message, transport };
  }

  if (can('refuse')) {
    it('says that a message is refused which the provider will never take', async () => {
      const { error } = await failed('refuse');
      expect(error.failure).toBe('refused');
      expect(await setting.provider.taken()).toEqual([]);
    });
  }

  if (can('busy')) {
    it('asks to try later when the provider has too much to do, and is taken then', async () => {
      const { error, message, transport } = await failed('busy');
      expect(error.failure).toBe('retry');
      expect(error.retryAfter ?? 0).toBeGreaterThanOrEqual(0);
      expect(await setting.provider.taken()).toEqual([]);
      await transport.send(message, optionsFor(message));
      expect(await setting.provider.taken()).toHaveLength(1);
    });
  }

  if (can('lose-request')) {
    it('does not give up a message when the connection breaks', async () => {
      const { error } = await failed('lose-request');
      expect(['retry', 'unknown']).toContain(error.failure);
    });
  }

  if (can('lose-answer')) {
    it('says that nobody knows when the answer is lost', async () => {
      const { error } = await failed('lose-answer');
      expect(error.failure).toBe('unknown');
      expect(await setting.provider.taken()).toHaveLength(1);
    });
  }

  if (can('down')) {
    it('does not give up a message when something is wrong at the provider', async () => {
      const { error } = await failed('down');
      expect(['retry', 'unknown']).toContain(error.failure);
    });
  }

  it('sends nothing that was called off before', async () => {
    const transport = await setting.open();
    const message = setting.message();
    const error = await refusal(() => transport.send(message, optionsFor(message, AbortSignal.abort())));
    expect(failureOf(error)).not.toBe('refused');
    expect(await setting.provider.taken()).toEqual([]);
  });

  if (can('hang')) {
    it('lets go at once of a send that is called off, and does not claim that it was not taken', async () => {
      const transport = await setting.open();
      const message = setting.message();
      const off = new AbortController();
      await setting.provider.fail('hang');
      const failing = refusal(() => transport.send(message, optionsFor(message, off.signal)));
      await vi.waitFor(async () => expect(await setting.provider.taken()).toHaveLength(1));
      off.abort(new Error('It takes too long.'));
      const error = await failing;
      expect(failureOf(error)).toBe('unknown');
      expectDiscreet(error, message);
    });
  }

  it('logs no text and no whole number, however a send ends', async () => {
    const transport = await setting.open();
    const texts = [];
    for (const fault of [undefined, ...(['refuse', 'busy', 'lose-request', 'lose-answer'] as const)]) {
      if (fault !== undefined && can(fault)) await setting.provider.fail(fault);
      const message = setting.message();
      texts.push(message);
      await transport.send(message, optionsFor(message)).catch(() => {});
    }
    for (const message of texts) expectDiscreet(setting.logged, message);
  });
}
