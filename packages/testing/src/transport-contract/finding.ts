import type { OutgoingMessage, SendReceipt, Transport } from '@parley/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expectDiscreet, failureOf, isReceipt, refusal } from './outcomes.ts';
import { asking, optionsFor, type ProviderFault, type Setting } from './setting.ts';

/** A minute between two texts: providers that only list what they have tell equal ones apart by their time. */
const APART = 60_000;

export function findingContract(setting: Setting, can: (fault: ProviderFault) => boolean): void {
  if (can('lose-answer')) {
    it('finds a message whose answer was lost: in the process that sent it, and in the next one', async () => {
      const transport = await setting.open();
      const message = setting.message();
      await setting.provider.fail('lose-answer');
      await refusal(() => transport.send(message, optionsFor(message)));
      const [taken] = await setting.provider.taken();
      const found = { providerId: taken?.providerId, providerStatus: expect.stringMatching(/\S/) };
      expect(await transport.find(message, asking())).toMatchObject(found);
      expect(await (await setting.open()).find(message, asking())).toMatchObject(found);
    });
  }

  it('says that a message was not taken of which the provider has heard nothing', async () => {
    const transport = await setting.open();
    expect(await transport.find(setting.message(), asking())).toBeUndefined();
    if (!can('lose-request')) return;
    const message = setting.message();
    await setting.provider.fail('lose-request');
    await refusal(() => transport.send(message, optionsFor(message)));
    expect(await transport.find(message, asking())).toBeUndefined();
    expect(await (await setting.open()).find(message, asking())).toBeUndefined();
  });

  it('does not take an equal text to the same person for it', async () => {
    const transport = await setting.open();
    const before = setting.message({ text: 'The same words' });
    const { providerId } = await transport.send(before, optionsFor(before));
    await setting.clock.advance(APART);
    const message = setting.message({ text: 'The same words' });
    expect(isReceipt(await transport.find(message, asking()))).toBe(false);
    const next = await setting.open();
    expect(isReceipt(await next.find(message, asking()))).toBe(false);
    expect(await next.find(before, asking())).toMatchObject({ providerId });
  });

  if (can('down')) {
    it('does not say no when the provider can not be asked', async () => {
      const transport = await setting.open();
      const message = setting.message();
      await setting.provider.fail('down');
      expectDiscreet(await refusal(() => transport.find(message, asking())), message);
      await setting.provider.heal();
      expect(await transport.find(message, asking())).toBeUndefined();
    });
  }

  const faults = (['busy', 'lose-request', 'lose-answer'] as const).filter(can);

  it('sends every message exactly once over a network that fails, as processes die', async () => {
    const tries = fc.array(fc.record({ fault: fc.constantFrom(undefined, ...faults), dies: fc.boolean() }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(tries, { minLength: 1, maxLength: 5 }), async (plans) => {
        const before = (await setting.provider.taken()).length;
        const sent: string[] = [];
        let transport = await setting.open();
        for (const plan of plans) {
          await setting.clock.advance(APART);
          const sending = { transport, message: setting.message({ text: 'Equal words' }), inDoubt: false };
          sent.push(await sendThrough(sending, plan));
          transport = sending.transport;
        }
        const taken = (await setting.provider.taken()).slice(before);
        expect(taken.map(({ providerId }) => providerId)).toEqual(sent);
      }),
      { numRuns: 10 },
    );
  });

  interface Sending {
    transport: Transport;
    readonly message: OutgoingMessage;
    inDoubt: boolean;
  }

  /** Tries until the provider has the message, which nothing keeps it from after the plan's last step. */
  async function sendThrough(
    sending: Sending,
    plan: readonly { readonly fault: ProviderFault | undefined; readonly dies: boolean }[],
  ): Promise<string> {
    for (const { fault, dies } of plan) {
      const receipt = await attempt(sending, fault);
      if (dies) sending.transport = await setting.open();
      if (receipt !== undefined) return receipt.providerId;
    }
    const receipt = await attempt(sending, undefined);
    return receipt?.providerId ?? 'never sent';
  }

  /** Tries once, as the engine does: what is in doubt is looked for before it is sent again. */
  async function attempt(sending: Sending, fault: ProviderFault | undefined): Promise<SendReceipt | undefined> {
    const { transport, message } = sending;
    if (sending.inDoubt) {
      const found = await transport.find(message, asking());
      expect(found, 'Clocks that agree leave no doubt.').not.toBe('undecided');
      if (isReceipt(found)) return found;
    }
    sending.inDoubt = false;
    if (fault !== undefined) await setting.provider.fail(fault);
    try {
      return await transport.send(message, optionsFor(message));
    } catch (error) {
      sending.inDoubt = failureOf(error) === 'unknown';
      return undefined;
    } finally {
      await setting.provider.heal();
    }
  }
}
