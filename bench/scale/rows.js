// Rows as a deployment of a certain size has them, made by number so that nothing has to be kept.

export const OURS = '+14155550100';
export const APPS = ['clinic', 'school', 'shop', 'bank'];
const DAY = 86_400_000;

export function theirsOf(number) {
  return `+1${String(2_000_000_000 + number)}`;
}

export function keyOf(number) {
  return `${OURS}/${theirsOf(number)}`;
}

/** A conversation that waits for a text, as a small bot leaves it: about 0.8 KB of JSON. */
export function dormant(number, turns = 1) {
  const snapshot = {
    status: 'active',
    value: { booking: 'askTime' },
    historyValue: {},
    context: { name: 'Ann Example', day: '2026-03-04', slots: ['09:00', '10:30', '14:15'], tries: turns % 3 },
    children: {},
  };
  const machine = { status: 'active', snapshot, timers: [], tasks: [], named: 0 };
  return {
    format: 1,
    key: keyOf(number),
    app: APPS[number % APPS.length],
    ours: OURS,
    theirs: theirsOf(number),
    createdAt: 1,
    turns,
    actor: { address: theirsOf(number), firstName: 'Ann', timeZone: 'America/New_York' },
    journey: { id: `j-${number}`, bot: 'booking', version: '1', startedAt: 1, expiresAt: 4e12, machine, tasks: {} },
    outbox: [],
    dueAt: 4e12,
  };
}

/** Message number `index` of `count`, spread over a year and over `people`. One in a thousand has failed. */
export function message(index, count, people) {
  const person = (index * 7_919) % people;
  const at = Date.UTC(2025, 0, 1) + Math.floor((index / count) * 365 * DAY);
  const inbound = index % 7 < 3;
  const status = inbound ? 'received' : index % 1_001 === 3 ? 'failed' : 'delivered';
  return {
    id: `01${String(index).padStart(14, '0')}`,
    conversation: keyOf(person),
    app: APPS[person % APPS.length],
    direction: inbound ? 'inbound' : 'outbound',
    ours: OURS,
    theirs: theirsOf(person),
    text: index === 5 ? 'the needle' : 'Which of these times suits you best: 09:00, 10:30 or 14:15?',
    media: [],
    origin: inbound ? { kind: 'actor' } : { kind: 'bot', bot: 'booking', version: '1', journey: `j-${person}` },
    category: 'conversational',
    at,
    status,
    ...(status === 'failed' ? { error: { code: String(30_003 + (index % 5)), reason: 'Unreachable' } } : {}),
    providerId: `SM${String(index).padStart(32, '0')}`,
    history: inbound ? [] : [{ status, at: at + 1_000, source: 'callback', providerStatus: status }],
  };
}

/** Of the conversations that wait, those that people have: one in a thousand. */
export function handedOver(number) {
  const document = dormant(number);
  return number % 1_000 === 7 ? { ...document, handoff: { to: 'desk', at: 1 } } : document;
}

/** Activity number `index` of `count`, spread as messages are: mostly steps, and a handoff in ten thousand. */
export function activity(index, count, people) {
  const { conversation, app, at } = message(index, count, people);
  const kind = index % 10_000 === 11 ? 'handoff' : index % 10 === 0 ? 'track' : 'step';
  const bot = index % 100 === 0 ? 'survey' : 'booking';
  return {
    id: `a${String(index).padStart(14, '0')}`,
    conversation,
    app,
    at,
    journey: `j-${index % people}`,
    bot,
    kind,
  };
}

/** Totals of a year by app, day and status. */
export function* totals(count) {
  for (const app of APPS) {
    for (let day = 0; day < 365; day++) {
      const group = { app, ours: OURS, day: Date.UTC(2025, 0, 1) + day * DAY };
      const each = Math.ceil(count / APPS.length / 365);
      yield { ...group, direction: 'inbound', status: 'received', count: each };
      yield { ...group, direction: 'outbound', status: 'delivered', count: each };
      yield { ...group, direction: 'outbound', status: 'failed', count: 1 };
    }
  }
}

/** Writes `count` rows of a part, so many at a time. */
export async function write(storage, part, count, rowOf, size = 2_000) {
  for (let from = 0; from < count; from += size) {
    const rows = Array.from({ length: Math.min(size, count - from) }, (_, index) => rowOf(from + index));
    await storage.archive.write(part, rows);
  }
}
