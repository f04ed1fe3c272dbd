/** How long anything may take before a test gives up on it, in milliseconds. */
const DEADLINE = 20_000;

/** Somebody's phone, on the phone page of a server. */
export class Phone {
  readonly #url: string;
  readonly #app: string;
  readonly #number = '+14155550142';

  /** @param url where the server listens. */
  constructor(url: string, app: string) {
    this.#url = url;
    this.#app = app;
  }

  async text(text: string): Promise<void> {
    const response = await fetch(`${this.#url}/phone/api/text`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ app: this.#app, from: this.#number, text }),
    });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  }

  /** Resolves once the app has sent this. */
  async hears(text: string): Promise<void> {
    await until(async () => (await this.#received()).includes(text) || undefined, `${text} to be received`);
  }

  async #received(): Promise<readonly string[]> {
    const query = new URLSearchParams({ app: this.#app, phone: this.#number });
    const response = await fetch(`${this.#url}/phone/api/thread?${query}`);
    const { messages } = (await response.json()) as { messages: { direction: string; text: string }[] };
    return messages.filter(({ direction }) => direction === 'outbound').map(({ text }) => text);
  }
}

/** Looks again and again until there is something. */
export async function until<Value>(
  look: () => Value | undefined | Promise<Value | undefined>,
  what: string,
): Promise<Value> {
  const end = performance.now() + DEADLINE;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
