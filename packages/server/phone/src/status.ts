/** How far along a message is; a page hears of statuses in any order and shows the furthest. */
const RANK: Readonly<Record<string, number>> = {
  posting: 0,
  unsent: 0,
  pending: 1,
  scheduled: 1,
  accepted: 2,
  queued: 3,
  sending: 4,
  sent: 5,
  receiving: 5,
  partially_delivered: 6,
  received: 7,
  delivered: 7,
  undelivered: 7,
  failed: 7,
  canceled: 7,
  read: 8,
};

/** Whether `next` says at least as much as `now`. */
export function isAhead(next: string, now: string): boolean {
  return (RANK[next] ?? 1) >= (RANK[now] ?? 1);
}

/** How a bubble looks: on its way, where it should be, or in trouble. */
export type Tone = 'waiting' | 'fine' | 'trouble';

/** What stands below a bubble. */
export interface StatusLine {
  readonly tone: Tone;
  readonly label: string;
}

const LABELS: Readonly<Record<string, string>> = {
  posting: 'Sending…',
  unsent: 'Not sent',
  refused: 'Not taken in',
  pending: 'Waiting…',
  scheduled: 'Scheduled',
  accepted: 'Accepted',
  queued: 'Queued…',
  sending: 'Sending…',
  sent: 'Sent',
  receiving: 'Receiving…',
  received: 'Received',
  delivered: 'Delivered',
  partially_delivered: 'Partly delivered',
  undelivered: 'Undelivered',
  failed: 'Failed',
  canceled: 'Canceled',
  read: 'Read',
};

const TROUBLE = new Set(['unsent', 'refused', 'undelivered', 'failed', 'canceled']);
const FINE = new Set(['received', 'sent', 'delivered', 'partially_delivered', 'read']);

/** What provider codes mean, in few words. Source: twilio.com/docs/api/errors. */
const MEANINGS: Readonly<Record<string, string>> = {
  11200: 'the webhook did not take it in',
  20429: 'too many requests',
  21211: 'no valid number',
  21212: 'no valid sender',
  21408: 'region not enabled',
  21606: 'the sender can not text',
  21608: 'number not verified (trial)',
  21610: 'has opted out',
  21611: 'the sender’s queue is full',
  21612: 'no route to this number',
  21614: 'can not receive texts',
  21635: 'a landline',
  30001: 'queue overflow',
  30002: 'account suspended',
  30003: 'phone unreachable',
  30004: 'blocked',
  30005: 'unknown phone',
  30006: 'landline or unreachable carrier',
  30007: 'filtered by the carrier',
  30008: 'unknown error',
  30034: 'sender not registered (10DLC)',
  30450: 'stopped as SMS pumping',
  30610: 'quiet hours',
  63016: 'outside of WhatsApp’s 24 hours',
};

/** The line below a bubble: `Undelivered · 30003 phone unreachable`. */
export function statusLine(bubble: {
  readonly status: string;
  readonly code?: string;
  readonly reason?: string;
}): StatusLine {
  const { status, code, reason } = bubble;
  const label = LABELS[status] ?? status;
  const tone = TROUBLE.has(status) ? 'trouble' : FINE.has(status) ? 'fine' : 'waiting';
  if (tone !== 'trouble') return { tone, label };
  return { tone, label: [label, explain(code, reason)].filter(Boolean).join(' · ') };
}

function explain(code: string | undefined, reason: string | undefined): string {
  if (code === undefined) return reason ?? '';
  const meaning = MEANINGS[code];
  if (meaning !== undefined) return `${code} ${meaning}`;
  return reason ? reason : code;
}
