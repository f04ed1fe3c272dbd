import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildActivity, buildDocument, buildKey, buildMessage, commits } from '../records.ts';
import type { Setting } from './setting.ts';

/** Texts that have broken something, somewhere. */
const TEXTS = {
  'an emoji of seven code points': '👩‍👩‍👧‍👦 ok 🇺🇸',
  'a NUL': 'before\u0000after',
  'half of a surrogate pair': 'cut \ud83d off',
  SQL: `'; DROP TABLE messages; -- "x" \\ % _`,
  'right to left': 'שלום \u202e gnp',
  'what looks like serialised data': ':base64:AAAA',
  nothing: '',
  JSON: '{"parley":"conversation"}',
};

export function valuesContract(setting: Setting): void {
  const key = buildKey();

  it.each(Object.entries(TEXTS))('keeps a text of %s as it is, everywhere', async (_, text) => {
    const document = buildDocument({ key, actor: { address: buildDocument().theirs, firstName: text } });
    const message = buildMessage({ id: 'm', text });
    const record = buildActivity({ id: 'a', data: { [text]: text } });
    await setting.storage.conversations.turn(key, () => commits(document, { messages: [message], activity: [record] }));
    const { conversations, messages, activity } = await setting.reopen();
    expect(await conversations.get(key)).toEqual(document);
    expect(await messages.get(message.id)).toEqual(message);
    expect((await messages.list({ limit: 1 })).messages).toEqual([message]);
    expect(await activity.list({ limit: 1 })).toEqual({ activity: [record] });
  });

  it.each(Object.entries(TEXTS))('finds a message by a text of %s', async (name, text) => {
    // Half a character is no text to look for: a storage may keep it as something else.
    if (name === 'half of a surrogate pair') return;
    const { conversations, messages } = setting.storage;
    const wanted = buildMessage({ id: 'wanted', text: `<${text}>`, at: 1 });
    const other = buildMessage({ id: 'other', text: 'nothing of the kind', at: 2 });
    await conversations.turn(key, () => commits(buildDocument({ key }), { messages: [wanted, other] }));
    const { messages: found } = await messages.list({ text: `<${text}`, limit: 10 });
    expect(found.map(({ id }) => id)).toEqual(['wanted']);
  });

  it('keeps a document of a megabyte', async () => {
    const document = buildDocument({
      key,
      actor: { address: buildDocument().theirs, attributes: { big: 'x'.repeat(1_000_000) } },
    });
    await setting.storage.conversations.turn(key, () => commits(document));
    expect(await (await setting.reopen()).conversations.get(key)).toEqual(document);
  });

  it('gives back any JSON that it was given', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const document = buildDocument({ key, actor: { address: buildDocument().theirs, attributes: { value } } });
        await setting.storage.conversations.turn(key, () => commits(document));
        // JSON knows no negative zero.
        expect(await setting.storage.conversations.get(key)).toEqual(JSON.parse(JSON.stringify(document)));
      }),
      { numRuns: 50 },
    );
  });
}
