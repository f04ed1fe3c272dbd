import type { OutboxMessage } from './document.ts';
import { codeOf, ParleyError } from './errors.ts';
import type { SendOutcome } from './outbox.ts';
import type { Runtime } from './runtime.ts';
import { SendError } from './transport.ts';

const SECOND = 1000;
const HOUR = 3_600_000;

/** The first wait between two tries; it doubles from there. */
const FIRST_WAIT = 2 * SECOND;
const LONGEST_WAIT = 10 * 60 * SECOND;

/** A message that nobody could check or find out about is looked at again after this long. */
const RECHECK_WAIT = 30 * SECOND;

/** After this long since the first try a text is of no use any more (Twilio's own longest validity is 10 hours). */
const GIVE_UP_AFTER = 10 * HOUR;

/** What to do after the transport has thrown. */
export function afterFailedSend(message: OutboxMessage, error: unknown, runtime: Runtime): SendOutcome {
  // What is not a SendError came from nobody knows where, maybe after the provider had taken the message.
  const failure = error instanceof SendError ? error.failure : 'unknown';
  if (failure === 'refused' && error instanceof SendError) {
    return { kind: 'failed', code: error.code, reason: error.message, source: 'send' };
  }
  const now = runtime.clock.now();
  const late = failure === 'retry' ? tooLate(message, now) : undefined;
  if (late !== undefined) return late;
  runtime.log.warn(
    { message: message.id, code: error instanceof SendError ? error.code : codeOf(error), failure },
    'a send failed',
  );
  const asked = error instanceof SendError ? (error.retryAfter ?? 0) : 0;
  return {
    kind: 'retry',
    at: now + Math.max(asked, wait(message.attempts, runtime.random)),
    tried: true,
    inDoubt: failure === 'unknown',
  };
}

/** Gives up a message that is known not to have been taken: after its deadline, or when it was first tried too long ago. */
export function tooLate({ firstTriedAt, createdAt, deadline }: OutboxMessage, now: number): SendOutcome | undefined {
  const isPast = deadline !== undefined && now >= deadline;
  if (!isPast && (firstTriedAt === undefined || now - firstTriedAt <= GIVE_UP_AFTER)) return undefined;
  const hours = isPast ? Math.round(((deadline - createdAt) / HOUR) * 100) / 100 : GIVE_UP_AFTER / HOUR;
  const expired = new ParleyError('error.platform.send.expired', { hours });
  return { kind: 'failed', code: expired.code, reason: expired.message, source: 'engine' };
}

/** What to do when a policy or the question to the provider has thrown: wait, and keep any doubt. */
export function retryAfterFailedCheck(message: OutboxMessage, runtime: Runtime): SendOutcome {
  return { kind: 'retry', at: runtime.clock.now() + RECHECK_WAIT, tried: false, inDoubt: message.inDoubt === true };
}

/** Exponential, with full jitter above half, so that a crowd does not come back all at once. */
function wait(attempts: number, random: () => number): number {
  const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempts);
  return longest / 2 + (random() * longest) / 2;
}
