import type { ResolvedEmulatorOptions } from './settings.ts';
import type { WebhookCall, WebhookCaller } from './webhook-caller.ts';

/** Sends the status callbacks of messages: in order and once, unless told to lose, double or swap some. */
export interface StatusCallbacks {
  /** @param last nothing will follow that this one could be swapped with. */
  send(sid: string, call: WebhookCall, last: boolean): Promise<void>;
}

export function createStatusCallbacks(
  caller: WebhookCaller,
  behaviour: ResolvedEmulatorOptions['callbacks'],
  random: () => number,
): StatusCallbacks {
  // The callbacks of one message wait for each other. Those of different messages do not.
  const chains = new Map<string, Promise<void>>();
  const held = new Map<string, WebhookCall>();

  function callsNow(sid: string, call: WebhookCall, last: boolean): readonly WebhookCall[] {
    const earlier = held.get(sid);
    held.delete(sid);
    const lost = random() < behaviour.loss;
    const doubled = random() < behaviour.duplicates;
    const swapped = random() < behaviour.reordering;
    const calls = lost ? [] : doubled ? [call, call] : [call];
    if (swapped && !last && !lost && earlier === undefined) {
      held.set(sid, call);
      return doubled ? [call] : [];
    }
    return earlier === undefined ? calls : [...calls, earlier];
  }

  return {
    async send(sid, call, last) {
      const calls = callsNow(sid, call, last);
      const before = chains.get(sid) ?? Promise.resolve();
      const chain = before.then(async () => {
        for (const each of calls) await caller.call(each);
      });
      chains.set(sid, chain);
      await chain;
      if (chains.get(sid) === chain) chains.delete(sid);
    },
  };
}
