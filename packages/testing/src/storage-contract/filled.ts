import type { ConversationDocument, ConversationKey, Storage } from '@parley/core';
import { buildActivity, buildDocument, buildKey, buildMessage, buildUpdate, commits } from '../records.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import { OTHER } from './setting.ts';

const DAY = 24 * 60 * 60 * 1_000;

/** How many conversations {@link fillStorage} leaves. */
export const FILLED_CONVERSATIONS = 12;

/**
 * Puts something of everything into a storage: conversations that are due, held back, parked or dormant; messages in
 * every status and with awkward texts; what was erased, pruned and redacted; plugins' data and claims, some of which have
 * run out. It takes a bit more than three days of the clock.
 */
export async function fillStorage(storage: Storage, clock: VirtualClock): Promise<void> {
  for (let index = 0; index < FILLED_CONVERSATIONS + 1; index++) {
    await converse(storage, clock, index);
    // Apart, because which of two messages of one moment is the older one is up to the storage.
    await clock.advance(1_000);
  }
  await storage.erase(buildDocument({ key: buildKey(FILLED_CONVERSATIONS) }).theirs);
  await pluginData(storage);
  await clock.advance(DAY);
  await converse(storage, clock, 0);
  await clock.advance(2 * DAY);
  const until = clock.now() - 2 * DAY;
  await storage.prune({ before: until, mode: 'redact', what: 'messages', app: 'clinic', limit: 3 });
  await storage.prune({ before: until, mode: 'delete', what: 'messages', app: 'school', limit: 3 });
  await storage.prune({ before: until, mode: 'redact', what: 'activity', limit: 3 });
  // Held back by a lease that outlives the storage.
  await storage.conversations.due(clock.now(), 2, clock.now() + 365 * DAY);
}

const TEXTS = [
  '',
  'plain',
  'an emoji 👩‍👩‍👧‍👦',
  'a NUL \u0000 inside',
  'cut \ud83d off',
  `'; DROP TABLE "messages" \\`,
];
const STATUSES = ['pending', 'sent', 'delivered', 'failed'] as const;

async function converse(storage: Storage, clock: VirtualClock, index: number): Promise<void> {
  const key = buildKey(index, index % 4 === 3 ? OTHER : undefined);
  const app = index % 3 === 0 ? 'school' : 'clinic';
  const at = clock.now();
  const base = { conversation: key, app } as const;
  const status = STATUSES[index % STATUSES.length] ?? 'sent';
  const name = `${index}.${at}`;
  await storage.conversations.turn(
    key,
    (document) =>
      commits(shaped(document ?? buildDocument({ key, app, createdAt: at }), index, at), {
        messages: [
          buildMessage({
            id: `in.${name}`,
            ...base,
            at,
            text: TEXTS[index % TEXTS.length] ?? '',
            providerId: `SMin${name}`,
          }),
          buildMessage({
            id: `out.${name}`,
            ...base,
            at: at + 1,
            direction: 'outbound',
            media: index % 2 === 0 ? [] : [{ url: '/a.png', contentType: 'image/png' }],
            origin: { kind: 'bot', bot: 'b', version: '1', journey: `j${index}` },
          }),
        ],
        activity: [
          buildActivity({
            id: `a.${name}`,
            ...base,
            at,
            journey: `j${index}`,
            bot: 'b',
            data: { index, deep: [null, 1] },
          }),
          buildActivity({ id: `b.${name}`, ...base, at, kind: 'handoff' }),
        ],
      }),
    { once: `SMin${name}` },
  );
  if (status === 'pending') return;
  const update = buildUpdate(status, { at: at + 2, providerId: `SMout${name}`, providerStatus: status });
  await storage.messages.applyStatus(`out.${name}` as never, update);
}

function shaped(document: ConversationDocument, index: number, at: number): ConversationDocument {
  return {
    ...document,
    turns: document.turns + 1,
    ...(index % 2 === 0 ? { dueAt: at + index * 1_000 } : {}),
    ...(index % 5 === 0 ? ({ parked: [{ at, bot: 'b', code: 'c', reason: 'r' }] } as object) : {}),
  };
}

async function pluginData(storage: Storage): Promise<void> {
  const consent = storage.keyv('consent');
  await consent.set('+14155560001', { optedOut: true, since: 5 });
  await consent.set('short', 'gone after a day', DAY);
  await consent.set('long', 'gone after nine days', 9 * DAY);
  await storage.keyv('a:b').set('c/d', Buffer.from('bytes'));
  await storage.claim('short', 'me', DAY);
  await storage.claim('long', 'me', 9 * DAY);
}

/** The conversation of {@link fillStorage} with this number. */
export function filledKey(index: number): ConversationKey {
  return buildKey(index, index % 4 === 3 ? OTHER : undefined);
}
