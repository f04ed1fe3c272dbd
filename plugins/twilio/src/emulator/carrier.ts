import type { Clock } from '@parley/core';
import { isFinal, type TwilioStatus } from '../statuses.ts';
import type { Account } from './account.ts';
import type { Draft } from './create-message.ts';
import { guessContentType } from './media-store.ts';
import { type EmulatedMessage, segmentsOf } from './message.ts';
import { carrierDate, type InitialStatus, type ProgressStep, planProgress } from './progress.ts';
import type { NewSid } from './random.ts';
import type { ResolvedEmulatorOptions } from './settings.ts';
import type { StatusCallbacks } from './status-callbacks.ts';
import type { MessageStore } from './store.ts';
import { statusParameters } from './webhook-parameters.ts';

/** A status that a message comes to. */
export interface StatusReport {
  readonly status: TwilioStatus;
  /** Why, for `undelivered` and `failed`. */
  readonly errorCode?: number;
  /** The carrier's date, `YYMMDDhhmm`. */
  readonly carrierDate?: string;
}

/** Takes messages over and moves them along to the phone. */
export interface Carrier {
  /** Takes a checked draft: the message exists from here on. */
  accept(draft: Draft): EmulatedMessage;
  /** Moves a message to a status and calls back. `false` when there is no such message. */
  report(sid: string, report: StatusReport): boolean;
  /** Stops all that is planned. */
  close(): void;
}

interface CarrierWorld {
  readonly account: Account;
  readonly accountSid: string;
  readonly store: MessageStore;
  readonly callbacks: StatusCallbacks;
  readonly settings: ResolvedEmulatorOptions;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newSid: NewSid;
  readonly track: (work: Promise<void>) => Promise<void>;
  readonly changed: (message: EmulatedMessage) => void;
}

export function createCarrier(world: CarrierWorld): Carrier {
  const { account, store, clock, newSid } = world;
  const timers = new Map<string, () => void>();

  function advance(sid: string, steps: readonly ProgressStep[]): void {
    const [step, ...rest] = steps;
    timers.delete(sid);
    if (step === undefined) return;
    const cancel = clock.setTimeout(() => {
      const message = store.get(sid);
      // Deleted or canceled meanwhile.
      if (message === undefined || message.status === 'canceled') return void timers.delete(sid);
      apply(
        message,
        step.status,
        step.errorCode,
        step.fromCarrier ? carrierDate(clock.now()) : undefined,
        rest.length === 0,
      );
      advance(sid, rest);
    }, step.after);
    timers.set(sid, cancel);
  }

  function apply(
    message: EmulatedMessage,
    status: TwilioStatus,
    errorCode: number | undefined,
    date: string | undefined,
    last: boolean,
  ): void {
    const now = clock.now();
    const updated = store.update(message.sid, {
      status,
      errorCode,
      dateUpdated: now,
      ...(message.from === '' ? { from: senderOf(message) } : {}),
      // Twilio dates the sending once it has handed the message on.
      ...(message.dateSent === undefined && status !== 'queued' && status !== 'canceled' ? { dateSent: now } : {}),
    });
    if (updated === undefined) return;
    world.changed(updated);
    const url = callbackOf(updated);
    if (url === undefined) return;
    const parameters = statusParameters(updated, world.accountSid, date);
    void world.track(world.callbacks.send(updated.sid, { url, parameters }, last));
  }

  function senderOf(message: EmulatedMessage): string {
    const service = account.service(message.messagingServiceSid ?? '');
    return (service === undefined ? undefined : account.senderFor(service, message.to)) ?? '';
  }

  /** The message's own callback goes before the service's and the number's. */
  function callbackOf(message: EmulatedMessage): string | undefined {
    const service = account.service(message.messagingServiceSid ?? '');
    return message.statusCallback ?? service?.statusUrl ?? account.number(message.from)?.statusUrl;
  }

  return {
    accept(draft) {
      const now = clock.now();
      const first = initialStatus(draft);
      const message: EmulatedMessage = {
        sid: newSid(draft.mediaUrls.length > 0 ? 'MM' : 'SM'),
        direction: 'outbound-api',
        from: draft.from,
        to: draft.to,
        body: draft.body,
        media: draft.mediaUrls.map((url) => ({ sid: newSid('ME'), contentType: guessContentType(url), url })),
        status: first,
        errorCode: undefined,
        messagingServiceSid: draft.service?.sid,
        statusCallback: draft.statusCallback,
        numSegments: segmentsOf(draft.body, draft.mediaUrls.length),
        dateCreated: now,
        dateUpdated: now,
        dateSent: undefined,
        ours: draft.service?.sid ?? draft.from,
        redacted: false,
      };
      store.add(message);
      world.changed(message);
      if (world.settings.progress === 'automatic') {
        const wait = (draft.sendAt ?? now) - now;
        advance(message.sid, planProgress(first, draft.to, wait, world.settings.latency, world.random));
      }
      return message;
    },

    report(sid, { status, errorCode, carrierDate: date }) {
      const message = store.get(sid);
      if (message === undefined) return false;
      timers.get(sid)?.();
      timers.delete(sid);
      apply(message, status, errorCode, date, isFinal(status));
      return true;
    },

    close() {
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}

function initialStatus(draft: Draft): InitialStatus {
  if (draft.sendAt !== undefined) return 'scheduled';
  return draft.service === undefined ? 'queued' : 'accepted';
}
