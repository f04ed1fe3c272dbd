import { Readable } from 'node:stream';
import type { Message, MessageDetail } from '@parley/api';
import {
  address,
  type Engine,
  type JournalStep,
  type MessageId,
  type MessageQuery,
  type MessageRecord,
  ParleyError,
} from '@parley/core';
import { CSV_HEADER, csvLine } from '../csv.ts';
import { pagesOf } from '../pages.ts';
import { isFound, search } from '../search.ts';
import { nameOf } from '../views/conversation.ts';
import type { Lens } from '../views/lens.ts';
import { messageDetailView, messageView } from '../views/message.ts';
import { type Asked, definedOf, type Handlers, requireNumbers } from './handler.ts';

type MessageHandlers = Pick<
  Handlers,
  | 'GET /messages'
  | 'GET /messages.csv'
  | 'GET /messages/:id'
  | 'GET /messages/:id/media/:index'
  | 'POST /messages/:id/refresh'
  | 'POST /messages/:id/resend'
  | 'POST /messages/:id/cancel'
>;

/** How many rows an export reads at a time. */
const BATCH = 500;

/** Through how many pages of texts that failed a page of those with a code is looked for. */
const MOST_PAGES = 25;

export function messageHandlers(engine: Engine): MessageHandlers {
  const { messages, activity, conversations } = engine.organization.storage;

  async function find(id: string): Promise<MessageRecord> {
    const record = await messages.get(id as MessageId);
    if (record === undefined) throw new ParleyError('error.platform.message.unknown');
    return record;
  }

  async function detail(record: MessageRecord, lens: Lens): Promise<MessageDetail> {
    const kept = lens.appOf(record.app)?.confidential ?? false;
    const [state, names] = await Promise.all([kept ? undefined : stateThatSaid(record), namesIn([record], lens)]);
    return {
      ...messageDetailView(record, lens, { explain: (code) => engine.explain(record, code), state }),
      ...names(record),
    };
  }

  /** What the people of some messages are called: each conversation is read once. */
  async function namesIn(records: readonly MessageRecord[], { masking }: Lens) {
    const keys = [...new Set(records.map(({ conversation }) => conversation))];
    const documents = await Promise.all(keys.map((key) => conversations.get(key)));
    const names = new Map(documents.map((document, index) => [keys[index], document && nameOf(document.actor)]));
    return ({ conversation }: MessageRecord): { readonly name?: string } => {
      const name = names.get(conversation);
      return name === undefined ? {} : { name: masking.prose(name) };
    };
  }

  /** In a journal the step of the same turn is that of the same moment. */
  async function stateThatSaid({ origin, conversation, at }: MessageRecord): Promise<unknown> {
    if (origin.kind !== 'bot') return undefined;
    const { activity: steps } = await activity.list({
      ...{ conversation, journey: origin.journey, kinds: ['step'], since: at, until: at + 1, limit: 1 },
    });
    return (steps[0]?.data as JournalStep | undefined)?.state;
  }

  async function pageOf(filter: Filter, { cursor, limit }: { cursor: string | undefined; limit: number }, lens: Lens) {
    const query = queryOf(filter, lens);
    const isWanted = (record: MessageRecord) => isFound(record, filter, lens);
    if (filter.text !== undefined) return search(messages, { ...query, limit, ...definedOf({ cursor }) }, isWanted);
    const records: MessageRecord[] = [];
    let next = cursor;
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const page = await messages.list({ ...query, limit, ...(next === undefined ? {} : { cursor: next }) });
      records.push(...page.messages.filter(isWanted));
      next = page.next;
      if (next === undefined || filter.code === undefined || records.length >= limit) break;
    }
    return { messages: records, next };
  }

  async function* lines(filter: Filter, lens: Lens): AsyncGenerator<string> {
    yield CSV_HEADER;
    const query = queryOf(filter, lens);
    for await (const page of pagesOf((from) => messages.list({ ...query, limit: BATCH, ...from }))) {
      yield page.messages
        .filter((record) => isFound(record, filter, lens))
        .map((record) => csvLine(messageView(record, lens)))
        .join('');
    }
  }

  return {
    async 'GET /messages'({ query: { cursor, limit, ...filter }, lens }) {
      const { messages: records, next } = await pageOf(filter, { cursor, limit }, lens);
      const names = await namesIn(records, lens);
      const views: Message[] = records.map((record) => ({ ...messageView(record, lens), ...names(record) }));
      return { messages: views, ...(next === undefined ? {} : { next }) };
    },

    async 'GET /messages.csv'({ query, lens, context }) {
      context.type = 'text/csv; charset=utf-8';
      context.attachment('messages.csv');
      context.body = Readable.from(lines(query, lens));
    },

    'GET /messages/:id': async ({ params: { id }, lens }) => detail(await find(id), lens),

    async 'GET /messages/:id/media/:index'({ params: { id, index }, lens, context }) {
      const { app } = await find(id);
      if (lens.appOf(app)?.confidential) {
        throw new ParleyError('error.platform.media.unavailable', { reason: 'the app keeps it to itself' });
      }
      const { contentType, data } = await engine.fetchMedia(id as MessageId, index);
      // Whatever people send is shown as a picture or saved, never run.
      context.set('Content-Security-Policy', "default-src 'none'; sandbox");
      context.type = /^(image|audio|video)\/(?!svg)/i.test(contentType) ? contentType : 'application/octet-stream';
      context.body = Buffer.from(data);
    },

    'POST /messages/:id/refresh': async ({ params: { id }, lens }) =>
      detail(await engine.refreshMessage(id as MessageId), lens),

    async 'POST /messages/:id/resend'({ params: { id }, lens }) {
      const { message } = await engine.resendMessage(id as MessageId);
      return detail(await find(message), lens);
    },

    async 'POST /messages/:id/cancel'({ params: { id } }) {
      await find(id);
      return engine.cancel(id as MessageId);
    },
  };
}

type Filter = Asked<'GET /messages.csv'>['query'];

function queryOf({ conversation, theirs, code, ...filter }: Filter, lens: Lens): Omit<MessageQuery, 'limit'> {
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''));
  if (code !== undefined) Object.assign(given, { status: 'failed' });
  if (theirs !== undefined && theirs !== '') {
    requireNumbers(lens);
    Object.assign(given, { theirs: address(theirs) });
  }
  return { ...given, ...(conversation === undefined ? {} : { conversation: lens.ids.keyOf(conversation) }) };
}
