import { type MessageStatus, mergeStatus, type StatusReport } from '@parley/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildMessage } from '../records.ts';
import { asking, optionsFor, type Setting } from './setting.ts';
import { genuine, takeIn } from './webhook.ts';

/** Where a message of ours can be. */
const STATUSES: readonly MessageStatus[] = ['pending', 'sent', 'delivered', 'failed'];

export function reportingContract(setting: Setting): void {
  const { statuses: words } = setting.underTest;
  const wordsFor = (...wanted: readonly MessageStatus[]) =>
    Object.keys(words).filter((word) => wanted.includes(words[word] as MessageStatus));

  /** Sends a message, and gives a way to have the provider report of it. */
  async function sent() {
    const transport = await setting.open();
    const message = setting.message();
    const { providerId, providerStatus, status } = await transport.send(message, optionsFor(message));
    const report = async (word: string, unknown?: Readonly<Record<string, string>>): Promise<StatusReport[]> => {
      const request = setting.provider.reportRequest({ message, providerId, word }, unknown);
      const { inbound, statuses, reply } = await takeIn(transport, genuine(setting, request));
      expect(inbound).toEqual([]);
      expect(reply.status).toBeLessThan(300);
      return [...statuses];
    };
    return { transport, message, providerId, providerStatus, status, report };
  }

  it.each(Object.entries(words))('reads %s as %s', async (word, status) => {
    const { message, providerId, report } = await sent();
    const [only, ...more] = await report(word);
    expect(more).toEqual([]);
    expect(only?.update).toMatchObject({ status, providerId, at: setting.clock.now(), source: 'callback' });
    if (only?.messageId !== undefined) expect(only.messageId).toBe(message.id);
    if (status === 'failed') expect(only?.update.code, 'A failure says why.').toMatch(/\S/);
    else expect(only?.update.code).toBeUndefined();
  });

  it('does not move a message by a word that it does not know', async () => {
    const { report } = await sent();
    const record = buildMessage({ id: 'message', direction: 'outbound', status: 'sent', providerStatus: 'sent' });
    for (const word of ['a-word-of-tomorrow', 'constructor', '__proto__']) {
      for (const { update } of await report(word)) {
        expect(STATUSES, word).toContain(update.status);
        expect(mergeStatus(record, update).status, word).toBe('sent');
      }
    }
  });

  it('keeps what it does not know, and does not mind it', async () => {
    const { report } = await sent();
    const [word = ''] = wordsFor('sent', 'delivered');
    const [known] = await report(word);
    const [only] = await report(word, { Tomorrow: 'something new' });
    expect(only?.raw).toMatchObject({ Tomorrow: 'something new' });
    expect({ ...only, raw: {} }).toEqual({ ...known, raw: {} });
  });

  it('comes to the same end in whatever order the statuses come, and however often', async () => {
    const { report } = await sent();
    const before = buildMessage({ id: 'message', direction: 'outbound' });
    for (const end of ['delivered', 'failed'] as const) {
      const way = wordsFor('pending', 'sent', end);
      if (wordsFor(end).length === 0) continue;
      const updates = new Map<string, StatusReport>();
      for (const word of way) for (const each of await report(word)) updates.set(word, each);
      await fc.assert(
        fc.property(fc.shuffledSubarray([...way, ...way], { minLength: way.length * 2 }), (order) => {
          const after = order.reduce((record, word) => {
            const known = updates.get(word);
            return known === undefined ? record : mergeStatus(record, known.update);
          }, before);
          expect(after.status).toBe(end);
        }),
        { numRuns: 50 },
      );
    }
  });

  it('says how a message is getting on when it is asked, and nothing of one that there is none of', async () => {
    const { transport, providerId } = await sent();
    if (transport.status === undefined) return;
    const known = await transport.status(providerId, asking());
    expect(known?.providerStatus).toMatch(/\S/);
    expect(STATUSES).toContain(known?.status);
    expect(await transport.status('there-is-none', asking())).toBeUndefined();
  });

  it('says of a message that it has just taken that it is on its way', async () => {
    const { providerStatus, status } = await sent();
    const meaning = status ?? (Object.hasOwn(words, providerStatus) ? words[providerStatus] : 'pending');
    expect(['pending', 'sent', 'delivered']).toContain(meaning);
  });
}
