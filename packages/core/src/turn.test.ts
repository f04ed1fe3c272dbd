import { describe, expect, it } from 'vitest';
import { assign, createMachine } from 'xstate';
import { defineApp } from './app.ts';
import { createAppRuntime } from './app-runtime.ts';
import { defineBot } from './bot.ts';
import { say } from './bot-actions.ts';
import { type ConversationDocument, dueAtOf, type OutboxMessage } from './document.ts';
import type { TurnContext, Worker } from './draft.ts';
import { nextToSend } from './outbox.ts';
import { anyText } from './triggers.ts';
import { type TurnEvent, type TurnResult, takeTurn } from './turn.ts';

const KEY = '+14155550100/+14155550123' as ConversationDocument['key'];

const machine = createMachine({
  context: { count: 0 },
  on: {
    'message.received': { actions: [assign({ count: ({ context }) => context.count + 1 }), say('one'), say('two')] },
  },
  after: { 60000: {} },
});
const bot = defineBot({ id: 'bot', machine, triggers: [anyText()], firstText: 'event' });
const app = defineApp({ id: 'app', number: '+14155550100', bots: [bot] });

function context(now: number, worker: Partial<Worker> = {}): TurnContext {
  let ids = 0;
  return {
    runtime: createAppRuntime({ ...app, transport: 'sms' }),
    key: KEY,
    now,
    newId: () => `${now}-${++ids}`,
    profile: { address: '+14155550123' as never },
    worker: {
      owner: 'me',
      alone: false,
      dispatching: false,
      running: () => false,
      lease: 30_000,
      taskTimeout: 60_000,
      ...worker,
    },
  };
}

function text(body: string, at: number): TurnEvent {
  const message = {
    id: `in-${body}`,
    conversation: KEY,
    app: 'app',
    direction: 'inbound',
    ours: '+14155550100',
    theirs: '+14155550123',
    text: body,
    media: [],
    origin: { kind: 'actor' },
    category: 'conversational',
    at,
    status: 'received',
    history: [],
  };
  return { kind: 'inbound', message: message as never };
}

function documentAfter(turn: { readonly result: TurnResult }): ConversationDocument {
  if (turn.result.kind !== 'taken') throw new Error(`The turn was ${turn.result.kind}.`);
  return turn.result.document;
}

const first = () => takeTurn(undefined, text('hi', 1000), context(1000));

describe('takeTurn', () => {
  it('comes to the same for the same, and leaves what it is given alone', () => {
    expect(first()).toEqual(first());
    const document = documentAfter(first());
    const before = JSON.stringify(document);
    const take = () => takeTurn(document, text('again', 2000), context(2000));
    expect(take()).toEqual(take());
    expect(JSON.stringify(document)).toBe(before);
  });

  it('comes to the same on a document that was stored', () => {
    const document = documentAfter(first());
    const stored = JSON.parse(JSON.stringify(document)) as ConversationDocument;
    const take = (one: ConversationDocument) => takeTurn(one, text('again', 2000), context(2000));
    expect(take(stored)).toEqual(take(document));
  });

  it('wants to know the person before a conversation begins', () => {
    const { profile: _, ...stranger } = context(1000);
    expect(takeTurn(undefined, text('hi', 1000), stranger)).toEqual({ result: { kind: 'needs-profile' } });
  });

  it.each(['wake', 'resume', 'extend', 'release'] as const)('ignores %s where nothing has begun', (kind) => {
    expect(takeTurn(undefined, { kind }, context(1000))).toEqual({ result: { kind: 'ignored' } });
  });
});

describe('leases', () => {
  const held = documentAfter(first());
  const wake = (now: number, worker: Partial<Worker>) =>
    documentAfter(takeTurn(held, { kind: 'wake' }, context(now, worker)));

  it('are taken with the commit that makes the work', () => {
    expect(held.dispatch).toEqual({ owner: 'me', until: 31_000 });
    expect(held.dueAt).toBe(31_000);
  });

  it('are left to a process that is living', () => {
    expect(wake(30_999, { owner: 'other' }).dispatch).toEqual(held.dispatch);
  });

  it.each([
    ['has run out', 31_000, {}],
    ['is of a process that can not be alive', 2000, { alone: true }],
  ])('are taken over when one %s, with what may have been sent in doubt', (_, now, worker) => {
    const document = wake(now, { owner: 'other', ...worker });
    expect(document.dispatch?.owner).toBe('other');
    expect(document.outbox.map(({ inDoubt }) => inDoubt)).toEqual([true, true]);
  });

  it('are longer with every turn of the process that sends', () => {
    const document = wake(20_000, { dispatching: true });
    expect(document.dispatch).toEqual({ owner: 'me', until: 50_000 });
    expect(document.outbox.every(({ inDoubt }) => inDoubt === undefined)).toBe(true);
  });

  it('are given back, in doubt only when a send is under way', () => {
    const release = (dispatching: boolean) =>
      documentAfter(takeTurn(held, { kind: 'release' }, context(2000, { dispatching })));
    expect(release(false).dispatch).toBeUndefined();
    expect(release(false).outbox.some(({ inDoubt }) => inDoubt)).toBe(false);
    expect(release(true).outbox.every(({ inDoubt }) => inDoubt)).toBe(true);
  });
});

describe('nextToSend', () => {
  const message = (id: string, turn: number, notBefore?: number): OutboxMessage =>
    ({ id, turn, ...(notBefore === undefined ? {} : { notBefore }) }) as never;

  it('is the oldest that may leave, and none of a turn whose first waits', () => {
    const outbox = [message('a', 1, 50), message('b', 1), message('c', 2)];
    expect(nextToSend({ outbox }, 10)?.id).toBe('c');
    expect(nextToSend({ outbox }, 50)?.id).toBe('a');
    expect(nextToSend({ outbox: outbox.slice(0, 2) }, 10)).toBeUndefined();
  });

  it('makes a conversation due when it may leave, and not before', () => {
    const outbox = [message('a', 1, 50), message('b', 1)];
    const { dispatch: _, journey: _journey, ...document } = documentAfter(first());
    expect(dueAtOf({ ...document, outbox })).toBe(50);
  });

  it('says nothing that is half a character', () => {
    const saying = {
      text: 'cut \ud83d',
      media: [],
      category: 'informational',
      origin: { kind: 'app', why: 'otherwise' },
    } as const;
    const { commit } = takeTurn(undefined, { kind: 'say', saying }, context(1000));
    expect(commit?.document.outbox[0]?.text).toBe('cut \ufffd');
    expect(commit?.messages[0]?.text).toBe('cut \ufffd');
  });
});
