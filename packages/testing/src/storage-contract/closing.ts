import { expect, it } from 'vitest';
import { buildActivity, buildDocument, buildKey, buildMessage, buildUpdate, commits } from '../records.ts';
import { refusal, type Setting } from './setting.ts';

export function closingContract(setting: Setting): void {
  const key = buildKey();

  it('finishes what was asked for before it closed', async () => {
    const { storage } = setting;
    const turns = Array.from({ length: 50 }, (_, index) =>
      storage.conversations.turn(buildKey(index), () => commits(buildDocument({ key: buildKey(index) }))),
    );
    await storage.close();
    expect((await Promise.all(turns)).every(({ kind }) => kind === 'done')).toBe(true);
    const { conversations } = await setting.reopen();
    expect(await conversations.list({ limit: 100 })).toHaveLength(50);
  });

  it('refuses everything once it is closed, and may be closed twice', async () => {
    const { storage } = setting;
    const keyv = storage.keyv('a');
    await setting.turn(key);
    await storage.close();
    await storage.close();
    const refused = [
      storage.conversations.turn(key, (document) =>
        commits(document ?? buildDocument({ key }), {
          messages: [buildMessage({ id: 'm' })],
          activity: [buildActivity({ id: 'a' })],
        }),
      ),
      storage.conversations.get(key),
      storage.conversations.due(1, 1, 2),
      storage.conversations.nextDueAt(),
      storage.conversations.list({ limit: 1 }),
      storage.messages.get('m' as never),
      storage.messages.getByProviderId('SM1'),
      storage.messages.applyStatus('m' as never, buildUpdate('sent')),
      storage.messages.list({ limit: 1 }),
      storage.messages.totals(),
      storage.messages.totals({ by: ['ours', 'day'] }),
      storage.conversations.list({ parked: true, limit: 1 }),
      storage.conversations.backlog(1, 1),
      storage.messages.failures({ since: 0, until: 1, limit: 1 }),
      storage.activity.list({ limit: 1 }),
      storage.claim('key', 'me', 1),
      storage.release('key', 'me'),
      storage.erase('+14155560000'),
      storage.prune({ before: 1, mode: 'delete', what: 'messages', limit: 1 }),
      storage.prune({ before: 1, mode: 'redact', what: 'activity', limit: 1 }),
      storage.archive.read('messages', { limit: 1 }),
      storage.archive.write('claims', [{ key: 'key', owner: 'me', expiresAt: 1 }]),
      keyv.get('k'),
      keyv.getMany(['k', 'l']),
      keyv.set('k', 1),
      keyv.delete('k'),
    ].map(refusal);
    for (const error of await Promise.all(refused)) {
      expect(error).toMatchObject({ code: 'error.platform.storage.closed', status: 503 });
    }
  });

  it('refuses everything before it is open', async () => {
    const error = await refusal(setting.create().conversations.get(key));
    expect(error).toMatchObject({ code: 'error.platform.storage.closed' });
  });

  it('lets go, so that another one can open the same data', async () => {
    await setting.turn(key, { turns: 9 });
    await setting.storage.close();
    expect((await (await setting.reopen()).conversations.get(key))?.turns).toBe(9);
  });
}
