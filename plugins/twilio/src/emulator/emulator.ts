import { type Address, type Emulator, type HandsetMessage, parseOptions, silentLog, systemClock } from '@parley/core';
import { createAccount } from './account.ts';
import { answer } from './api.ts';
import { createBusy } from './busy.ts';
import { createCarrier, type StatusReport } from './carrier.ts';
import { createFaults, type Faults } from './faults.ts';
import { createMediaStore } from './media-store.ts';
import type { EmulatedMessage } from './message.ts';
import { createOptOuts } from './opt-out.ts';
import { isBetween, onHandset, textFromPhone } from './phones.ts';
import { seeded, sidMaker } from './random.ts';
import { startServer, uploadPath } from './server.ts';
import { emulatorOptionsSchema, type TwilioEmulatorOptions } from './settings.ts';
import { createStatusCallbacks } from './status-callbacks.ts';
import { createMessageStore } from './store.ts';
import { createWebhookCaller } from './webhook-caller.ts';

/** An emulated Twilio account, with its API on a port of this computer and phones to text it from. */
export interface TwilioEmulator extends Emulator {
  /** Where the API listens: the `baseUrl` of the transport. */
  readonly url: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** Every message of the account that is kept, oldest first. */
  messages(): readonly EmulatedMessage[];
  /** Moves a message to a status and calls back, in place of what was planned for it. `false`: no such message. */
  report(sid: string, report: StatusReport): boolean;
  /** Makes requests of the API go wrong. */
  readonly faults: Faults;
  /**
   * Resolves once no request and no webhook is under way. Messages may still have to move on: what waits for the clock
   * is not counted.
   */
  idle(): Promise<void>;
  /** Stops listening; what is under way is broken off. */
  close(): Promise<void>;
}

/**
 * Starts an emulator of Twilio's messaging API, for development and tests.
 *
 * ```ts
 * const emulator = await createTwilioEmulator({
 *   numbers: [{ number: '+14155550100', inboundUrl: 'http://127.0.0.1:3000/webhooks/twilio/inbound' }],
 * });
 * await emulator.text({ from: address('+14155550199'), to: address('+14155550100'), text: 'BOOK' });
 * ```
 *
 * Memory is bounded: see `keepMessages` and `keepMediaBytes`.
 *
 * @throws `error.platform.config.malformed`, `error.platform.server.port-taken`
 */
export async function createTwilioEmulator(options: TwilioEmulatorOptions = {}): Promise<TwilioEmulator> {
  const settings = parseOptions(emulatorOptionsSchema, options, 'createTwilioEmulator');
  const { clock = systemClock, networkClock = systemClock, log = silentLog } = settings;
  const random = settings.random ?? seeded(settings.seed);
  const newSid = sidMaker(settings.random);
  const accountSid = settings.accountSid ?? newSid('AC');
  const authToken = settings.authToken ?? newSid('');

  const account = createAccount(settings);
  const store = createMessageStore(settings.keepMessages);
  const uploads = createMediaStore(settings.keepMediaBytes);
  const optOuts = createOptOuts();
  const faults = createFaults();
  const busy = createBusy();
  const listeners = new Set<(message: HandsetMessage) => void>();
  const caller = createWebhookCaller({ authToken, clock: networkClock, log, newToken: () => newSid('') });
  const callbacks = createStatusCallbacks(caller, settings.callbacks, random);

  function changed(message: EmulatedMessage): void {
    const shown = onHandset(message);
    for (const listener of listeners) {
      try {
        listener(shown);
      } catch (error) {
        log.error({ error }, 'A listener of the emulated phone threw');
      }
    }
  }

  const carrier = createCarrier({
    account,
    accountSid,
    store,
    callbacks,
    settings,
    clock,
    random,
    newSid,
    track: busy.track,
    changed,
  });

  const server = await startServer({
    port: settings.port,
    credentials: [[accountSid, authToken], ...settings.apiKeys.map(({ sid, secret }) => [sid, secret] as const)],
    limits: settings.limits,
    mediaAuth: settings.mediaAuth,
    faults,
    clock,
    upload: uploads.get,
    track: busy.track,
    answer: (request) =>
      answer({ accountSid, account, store, carrier, optOuts, uploads, uploadOf, now: () => clock.now() }, request),
  });

  function uploadOf(url: string): string | undefined {
    return uploadPath.id(server.url, url);
  }

  const phones = {
    account,
    accountSid,
    store,
    optOuts,
    handlesOptOut: settings.optOut === 'twilio',
    caller,
    clock,
    newSid,
    changed,
    mediaUrl: (messageSid: string, mediaSid: string) =>
      `${server.url}/2010-04-01/Accounts/${accountSid}/Messages/${messageSid}/Media/${mediaSid}`,
  };

  return {
    url: server.url,
    accountSid,
    authToken,
    faults,
    text: (message) => busy.track(textFromPhone(phones, message)),
    async upload({ contentType, data }) {
      const id = newSid('UP');
      uploads.add(id, { contentType, data });
      return { url: server.url + uploadPath.of(id), contentType };
    },
    thread: (ours: Address, theirs: Address) =>
      store
        .all()
        .filter((message) => isBetween(message, ours, theirs))
        .map(onHandset),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    messages: () => store.all(),
    report: (sid, report) => carrier.report(sid, report),
    idle: busy.idle,
    async close() {
      carrier.close();
      await Promise.all([caller.close(), server.close()]);
      listeners.clear();
    },
  };
}
