import type { Address, Emulator, HandsetMessage, Media } from '@parley/core';

/** An emulator whose phones live in memory, and the test's hands on it. */
export interface FakeEmulator extends Emulator {
  /** Lets a phone show a message, or a message that it shows move on. */
  show(message: HandsetMessage): void;
}

/** @param webhookUrl where texts are posted to, as JSON; known once the engine was started. */
export function createFakeEmulator(webhookUrl: () => string): FakeEmulator {
  const shown = new Map<string, HandsetMessage>();
  const listeners = new Set<(message: HandsetMessage) => void>();
  let count = 0;

  const show = (message: HandsetMessage) => {
    shown.set(message.providerId, message);
    for (const listener of listeners) listener(message);
  };

  return {
    show,
    async text({ from, to, text, media = [] }) {
      count += 1;
      const providerId = `SMin${String(count).padStart(6, '0')}${Date.now()}`;
      const message = {
        providerId,
        direction: 'inbound',
        ours: to,
        theirs: from,
        text,
        media,
        at: Date.now(),
      } as const;
      show({ ...message, providerStatus: 'queued' });
      const answered = await post(`${webhookUrl()}/inbound`, { providerId, from, to, text, media });
      const taken = answered >= 200 && answered < 300;
      show({ ...message, providerStatus: taken ? 'received' : 'failed', ...(taken ? {} : { code: '11200' }) });
      return { providerId, answered };
    },
    async upload({ contentType, data }): Promise<Media> {
      return { url: `https://media.example/${data.byteLength}`, contentType };
    },
    thread: (ours: Address, theirs: Address) =>
      [...shown.values()].filter((message) => message.ours === ours && message.theirs === theirs),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function post(url: string, body: object): Promise<number> {
  try {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
