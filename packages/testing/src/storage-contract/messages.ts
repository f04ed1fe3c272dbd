import type { ConversationKey, MessageQuery, MessageRecord } from '@parley/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildDocument, buildKey, buildMessage, commits, OURS } from '../records.ts';
import { OTHER, present, refusal, type Setting } from './setting.ts';

export function messagesContract(setting: Setting): void {
  filters(setting);
  paging(setting);
}

/** Stores messages, a turn for each conversation. */
export async function store({ storage }: Pick<Setting, 'storage'>, messages: readonly MessageRecord[]): Promise<void> {
  const keys = [...new Set(messages.map(({ conversation }) => conversation))];
  await Promise.all(
    keys.map((key) =>
      storage.conversations.turn(key, (document = buildDocument({ key })) =>
        commits(document, { messages: messages.filter(({ conversation }) => conversation === key) }),
      ),
    ),
  );
}

/** Walks all pages of a query. */
export async function walk(
  { storage }: Pick<Setting, 'storage'>,
  query: MessageQuery,
): Promise<readonly MessageRecord[]> {
  const found: MessageRecord[] = [];
  let page = await storage.messages.list(query);
  for (;;) {
    expect(page.messages.length).toBeLessThanOrEqual(query.limit);
    found.push(...page.messages);
    if (page.next === undefined) return found;
    page = await storage.messages.list({ ...query, cursor: page.next });
  }
}

function filters(setting: Setting): void {
  const ids = async (query: Omit<MessageQuery, 'limit'>) =>
    (await walk(setting, { ...query, limit: 100 })).map(({ id }) => id);

  it('finds by app, conversation, person, direction, status, time and text', async () => {
    const [anna, ben] = [buildKey(1), buildKey(2)];
    const annaAtOther = buildKey(1, OTHER);
    const outbound = { direction: 'outbound' } as const;
    await store(setting, [
      buildMessage({ id: 'a', conversation: anna, at: 10, text: 'I need HELP now' }),
      buildMessage({ id: 'b', conversation: anna, at: 20, ...outbound, status: 'delivered', text: 'Here it is' }),
      buildMessage({ id: 'c', conversation: ben, at: 30, ...outbound, status: 'failed' }),
      buildMessage({ id: 'd', conversation: ben, at: 40, ...outbound, status: 'sent' }),
      buildMessage({ id: 'e', conversation: annaAtOther, at: 50, app: 'school', ...outbound, text: 'helpful' }),
      buildMessage({ id: 'f', conversation: annaAtOther, at: 60, app: 'school' }),
    ]);
    expect(await ids({})).toEqual(['f', 'e', 'd', 'c', 'b', 'a']);
    expect(await ids({ app: 'clinic' })).toEqual(['d', 'c', 'b', 'a']);
    expect(await ids({ conversation: anna })).toEqual(['b', 'a']);
    expect(await ids({ theirs: buildDocument({ key: anna }).theirs })).toEqual(['f', 'e', 'b', 'a']);
    expect(await ids({ direction: 'inbound' })).toEqual(['f', 'a']);
    for (const [status, id] of Object.entries({
      received: 'f a',
      pending: 'e',
      sent: 'd',
      delivered: 'b',
      failed: 'c',
    })) {
      expect(await ids({ status: status as MessageRecord['status'] })).toEqual(id.split(' '));
    }
    expect(await ids({ since: 30 })).toEqual(['f', 'e', 'd', 'c']);
    expect(await ids({ until: 30 })).toEqual(['b', 'a']);
    expect(await ids({ since: 20, until: 40 })).toEqual(['c', 'b']);
    expect(await ids({ text: 'help' })).toEqual(['e', 'a']);
    expect(await ids({ text: 'hElP', app: 'clinic' })).toEqual(['a']);
    expect(await ids({ text: '%' })).toEqual([]);
    expect(await ids({ status: 'failed', app: 'school' })).toEqual([]);
    expect(await ids({ conversation: anna, theirs: buildDocument({ key: ben }).theirs })).toEqual([]);
    expect(await ids({ app: 'nobody' })).toEqual([]);
    expect(await ids({ conversation: buildKey(9) })).toEqual([]);
  });

  it('finds by the bot that said it and by the notification', async () => {
    const [anna, ben] = [buildKey(1), buildKey(2)];
    const said = (id: string, at: number, origin: MessageRecord['origin'], fields: Partial<MessageRecord> = {}) =>
      buildMessage({ id, at, conversation: anna, direction: 'outbound', origin, ...fields });
    const booking = { kind: 'bot', bot: 'booking', version: '1', journey: 'j' } as const;
    await store(setting, [
      said('a', 10, booking, { text: 'cut \ud83d off and \u0000' }),
      said('b', 20, { ...booking, bot: 'book' }),
      said('c', 30, { kind: 'notification', name: 'booking' }, { conversation: ben }),
      said('d', 40, { kind: 'person', name: 'booking' }),
      said('e', 50, { kind: 'plugin', name: 'booking' }, { text: '"bot":"booking"' }),
      said('f', 60, { journey: 'j', version: '2', bot: 'booking', kind: 'bot' }, { app: 'school', status: 'failed' }),
      buildMessage({ id: 'g', at: 70, conversation: anna }),
    ]);
    expect(await ids({ bot: 'booking' })).toEqual(['f', 'a']);
    expect(await ids({ bot: 'booking', app: 'clinic' })).toEqual(['a']);
    expect(await ids({ bot: 'booking', status: 'failed' })).toEqual(['f']);
    expect(await ids({ bot: 'booking', direction: 'inbound' })).toEqual([]);
    expect(await ids({ bot: 'book' })).toEqual(['b']);
    expect(await ids({ bot: 'booking', conversation: anna, text: 'CUT' })).toEqual(['a']);
    expect(await ids({ notification: 'booking' })).toEqual(['c']);
    expect(await ids({ notification: 'booking', conversation: anna })).toEqual([]);
    expect(await ids({ notification: 'booking', bot: 'booking' })).toEqual([]);
    for (const odd of ['boo%', 'b_oking', 'BOOKING', '"', '\\', '']) expect(await ids({ bot: odd })).toEqual([]);
    await setting.reopen();
    expect(await ids({ bot: 'booking' })).toEqual(['f', 'a']);
    expect(await ids({ notification: 'booking' })).toEqual(['c']);
  });

  it('gets one message by its id and by that of the provider', async () => {
    const message = buildMessage({ id: 'm', providerId: 'SM1', error: { code: '30007', reason: 'Filtered' } });
    await store(setting, [message, buildMessage({ id: 'n' })]);
    const { messages } = setting.storage;
    expect(await messages.get(message.id)).toEqual(message);
    expect(await messages.getByProviderId('SM1')).toEqual(message);
    expect(await messages.get('nobody' as never)).toBeUndefined();
    expect(await messages.getByProviderId('SM2')).toBeUndefined();
  });

  it('finds what a plain filter finds, page by page, whatever is stored and asked for', async () => {
    const shape = fc.record({
      person: fc.nat(3),
      ours: fc.constantFrom(OURS, OTHER),
      app: fc.constantFrom('clinic', 'school'),
      status: fc.constantFrom('received', 'pending', 'sent', 'delivered', 'failed'),
      text: fc.constantFrom('Apple pie', 'apple', 'BANANA', 'ban'),
      origin: fc.constantFrom(...ORIGINS),
    });
    const query = fc.record(
      {
        app: fc.constantFrom('clinic', 'school', 'nobody'),
        conversation: fc.nat(3).map((person) => buildKey(person)),
        theirs: fc.nat(4).map((person) => buildDocument({ key: buildKey(person) }).theirs),
        direction: fc.constantFrom('inbound', 'outbound'),
        status: fc.constantFrom('received', 'pending', 'sent', 'delivered', 'failed'),
        since: fc.nat(40),
        until: fc.nat(40),
        text: fc.constantFrom('apple', 'Ban', 'a', 'zzz'),
        bot: fc.constantFrom('booking', 'other', 'none'),
        notification: fc.constantFrom('reminder', 'booking'),
        limit: fc.integer({ min: 1, max: 7 }),
      },
      { requiredKeys: ['limit'] },
    );
    const [shapes] = fc.sample(fc.array(shape, { minLength: 40, maxLength: 40 }), { numRuns: 1, seed: 7 });
    const all = present(shapes).map(({ person, ours, status, ...fields }, at) => {
      const direction = status === 'received' ? ('inbound' as const) : ('outbound' as const);
      return buildMessage({ id: `m${at}`, at, conversation: buildKey(person, ours), direction, status, ...fields });
    });
    await store(setting, all);
    await fc.assert(
      fc.asyncProperty(query, async (asked) => {
        const found = (await walk(setting, asked as MessageQuery)).map(({ id }) => id);
        expect(found).toEqual(
          all
            .filter((message) => matches(message, asked as MessageQuery))
            .reverse()
            .map(({ id }) => id),
        );
      }),
      { numRuns: 150 },
    );
  });
}

const ORIGINS: readonly MessageRecord['origin'][] = [
  { kind: 'bot', bot: 'booking', version: '1', journey: 'j' },
  { kind: 'bot', bot: 'other', version: '1', journey: 'j' },
  { kind: 'notification', name: 'reminder' },
  { kind: 'actor' },
];

function matches(message: MessageRecord, query: MessageQuery): boolean {
  const { origin } = message;
  const fields = ['app', 'conversation', 'theirs', 'direction', 'status'] as const;
  return (
    fields.every((field) => query[field] === undefined || message[field] === query[field]) &&
    (query.bot === undefined || (origin.kind === 'bot' && origin.bot === query.bot)) &&
    (query.notification === undefined || (origin.kind === 'notification' && origin.name === query.notification)) &&
    message.at >= (query.since ?? 0) &&
    message.at < (query.until ?? 1_000) &&
    message.text.toLowerCase().includes((query.text ?? '').toLowerCase())
  );
}

function paging(setting: Setting): void {
  const numbered = (from: number, to: number, conversation: ConversationKey = buildKey()) =>
    Array.from({ length: to - from }, (_, index) => {
      const at = from + index;
      return buildMessage({ id: `m${String(at).padStart(3, '0')}`, at, conversation });
    });

  it('ends with a page that has no next, also when the last one is full', async () => {
    await store(setting, numbered(0, 4));
    const { messages } = setting.storage;
    const first = await messages.list({ limit: 2 });
    const second = await messages.list({ limit: 2, cursor: present(first.next) });
    expect(second.messages.map(({ at }) => at)).toEqual([1, 0]);
    expect(second).not.toHaveProperty('next');
    expect(await messages.list({ limit: 4 })).not.toHaveProperty('next');
  });

  it('goes on where it was when messages come in between two pages', async () => {
    await store(setting, numbered(10, 16));
    const { messages } = setting.storage;
    const first = await messages.list({ limit: 3 });
    await store(setting, [...numbered(16, 20), ...numbered(0, 2, buildKey(1))]);
    const second = await messages.list({ limit: 5, cursor: present(first.next) });
    expect([...first.messages, ...second.messages].map(({ at }) => at)).toEqual([15, 14, 13, 12, 11, 10, 1, 0]);
  });

  it('gives each of many messages of one moment exactly once', async () => {
    const moment = numbered(0, 25).map((message) => ({ ...message, at: 5 }));
    await store(setting, moment);
    const found = (await walk(setting, { limit: 4 })).map(({ id }) => id);
    expect([...found].sort()).toEqual(moment.map(({ id }) => id));
  });

  it('lists the messages of one turn and one moment last first', async () => {
    await store(
      setting,
      numbered(0, 3).map((message) => ({ ...message, at: 5 })),
    );
    expect((await walk(setting, { limit: 10 })).map(({ id }) => id)).toEqual(['m002', 'm001', 'm000']);
  });

  it('gives the same pages when it is opened again', async () => {
    await store(setting, numbered(0, 6));
    const { next } = await setting.storage.messages.list({ limit: 2 });
    const page = await (await setting.reopen()).messages.list({ limit: 10, cursor: present(next) });
    expect(page.messages.map(({ at }) => at)).toEqual([3, 2, 1, 0]);
  });

  it('refuses a cursor that it did not give out', async () => {
    const error = await refusal(setting.storage.messages.list({ limit: 1, cursor: 'no such thing' }));
    expect(error).toMatchObject({ code: 'error.platform.storage.unknown-cursor', status: 400 });
  });
}
