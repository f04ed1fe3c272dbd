// The turns that the storage benchmarks take: a document as a small bot leaves it, and one message.

const ours = '+14155550100';

/** A document as a small bot leaves it: about 1.3 KB of JSON. */
export function documentOf(key, theirs, turns) {
  const snapshot = {
    status: 'active',
    value: { booking: 'askTime' },
    historyValue: {},
    context: { name: 'Ann Example', day: '2026-03-04', slots: ['09:00', '10:30', '14:15'], tries: turns % 3 },
    children: {},
  };
  const timers = [
    { id: '0.booking.reminder', source: [], target: [], event: { type: 'xstate.after.3600000.booking' }, dueAt: 1e12 },
  ];
  const machine = { snapshot, timers, tasks: [] };
  const journey = { id: `j-${key}`, bot: 'booking', version: '1', startedAt: 1, expiresAt: 2e12, machine, tasks: {} };
  const outbox = [0, 1].map((index) => ({
    id: `m-${key}-${turns}-${index}`,
    turn: turns,
    text: 'Thanks! Which of these times suits you best: 09:00, 10:30 or 14:15? Reply with a number.',
    media: [],
    category: 'conversational',
    journey: journey.id,
    createdAt: 1,
    attempts: 0,
  }));
  const actor = { address: theirs, firstName: 'Ann', timeZone: 'America/New_York' };
  return {
    format: 1,
    key,
    app: 'clinic',
    ours,
    theirs,
    createdAt: 1,
    turns,
    actor,
    journey,
    outbox,
    dueAt: 1e12 + turns,
  };
}

export function messageOf(key, theirs, id) {
  const rest = { text: 'The second one please', media: [], origin: { kind: 'actor' }, category: 'conversational' };
  const where = { id, conversation: key, app: 'clinic', direction: 'inbound', ours, theirs };
  return { ...where, ...rest, history: [], at: Date.now(), status: 'received', providerId: `SM${id}` };
}

/** One turn of the conversation with this number, with one message in it. */
export function takeTurn(storage, conversation, id) {
  const theirs = `+1415${String(5_000_000 + conversation)}`;
  const key = `${ours}/${theirs}`;
  const decide = (document) => ({
    result: undefined,
    commit: {
      document: documentOf(key, theirs, (document?.turns ?? 0) + 1),
      messages: [messageOf(key, theirs, id)],
      statuses: [],
      activity: [],
    },
  });
  return storage.conversations.turn(key, decide, { once: `SM${id}` });
}

/** Takes `count` turns, `atOnce` of them under way at any time, each as soon as one before it is done. */
export async function takeTurns(storage, { count, atOnce, conversations, from = 0, name = '' }) {
  const latencies = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(atOnce, count) }, async () => {
      while (next < count) {
        const index = next++;
        const began = performance.now();
        await takeTurn(storage, from + (index % conversations), `018f-${name}${String(index).padStart(9, '0')}`);
        latencies.push(performance.now() - began);
      }
    }),
  );
  latencies.sort((one, other) => one - other);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))];
  return { p50: at(0.5), p99: at(0.99) };
}
