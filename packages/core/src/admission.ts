import type { App } from './app.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import { DailyCount } from './daily-count.ts';
import type { OutboxMessage } from './document.ts';
import { ParleyError } from './errors.ts';
import { isReply } from './message.ts';
import type { SendOutcome } from './outbox.ts';
import { Pacer } from './pace.ts';
import type { Runtime } from './runtime.ts';
import { SendSlots } from './send-slots.ts';
import type { MessageStore } from './storage.ts';
import { SendError } from './transport.ts';

/** Whether a message may go to its provider now. */
export interface Admission {
  /** What becomes of a message whose provider is out; `undefined` when the provider may be asked. */
  heldBack(transport: string, message: OutboxMessage): SendOutcome | undefined;
  /** Waits for the sender's pace, then lets the message go or says what becomes of it. */
  admit(app: App, message: OutboxMessage): Promise<Permit | SendOutcome>;
  /** Takes note of how asking the provider went. */
  asked(transport: string, error?: unknown): void;
  stop(): void;
}

/** A message may go. */
export interface Permit {
  readonly kind: 'permit';
  /** Makes room for the next one. Called in any case. */
  leave(): void;
  /** It did not go after all: it does not count. */
  giveBack(): void;
}

/** A crowd that was held back comes back spread over this share of the wait. */
const SPREAD = 0.5;

const NOTHING = (): void => {};

export function createAdmission(
  runtime: Pick<Runtime, 'clock' | 'log' | 'random'>,
  messages: Pick<MessageStore, 'totals'>,
  sendsAtOnce: number,
): Admission {
  const { clock, log, random } = runtime;
  const pacer = new Pacer(clock);
  const slots = new SendSlots(clock, sendsAtOnce);
  const daily = new DailyCount(clock, messages);
  const breakers = new Map<string, CircuitBreaker>();

  function breakerOf(transport: string): CircuitBreaker {
    let breaker = breakers.get(transport);
    if (breaker === undefined) {
      breaker = new CircuitBreaker(clock);
      breakers.set(transport, breaker);
    }
    return breaker;
  }

  function later(message: OutboxMessage, wait: number): SendOutcome {
    const at = clock.now() + Math.ceil(wait * (1 + random() * SPREAD));
    return { kind: 'retry', at, tried: false, inDoubt: message.inDoubt === true };
  }

  return {
    heldBack(transport, message) {
      const wait = breakerOf(transport).wait();
      return wait === undefined ? undefined : later(message, wait);
    },

    async admit({ id, address, pace }, message) {
      const priority = isReply(message.origin) ? 'reply' : 'notification';
      const admission = await pacer.admit(address, pace.perSecond, priority);
      if (admission.kind === 'later') return later(message, admission.wait);
      const room = await slots.take(priority);
      if (room.kind === 'later') return later(message, room.wait);
      const { leave } = room;
      if (pace.perDay === undefined) return { kind: 'permit', leave, giveBack: NOTHING };
      const giveBack = await counted(leave, () => daily.take(id, pace.perDay as number));
      if (giveBack !== undefined) return { kind: 'permit', leave, giveBack };
      leave();
      const { code, message: reason } = new ParleyError('error.platform.send.daily-cap', {
        app: id,
        limit: pace.perDay,
      });
      return { kind: 'failed', code, reason, source: 'engine' };
    },

    asked(transport, error) {
      const breaker = breakerOf(transport);
      if (error instanceof SendError && error.retryAfter !== undefined && error.isForAll) {
        return breaker.pause(error.retryAfter);
      }
      if (!isOutage(error)) return breaker.answered();
      if (breaker.failed()) log.warn({ transport }, 'the provider is out; sends wait');
    },

    stop() {
      pacer.stop();
      slots.stop();
    },
  };
}

/** Leaves no room taken by what fails. */
async function counted<Result>(leave: () => void, count: () => Promise<Result>): Promise<Result> {
  try {
    return await count();
  } catch (error) {
    leave();
    throw error;
  }
}

/** Whether it is the provider that failed, rather than the message. */
function isOutage(error: unknown): boolean {
  if (error === undefined) return false;
  if (!(error instanceof SendError)) return true;
  return error.failure === 'unknown' || error.code === 'error.platform.send.unreachable';
}
