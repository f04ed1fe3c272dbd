import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { ClientFrame, ServerFrame, ShownMessage } from '@parley/plugin-web-chat';
import { WebSocket } from 'ws';

type FrameOf<Type extends ServerFrame['type']> = Extract<ServerFrame, { type: Type }>;

/** A page as the server sees it: a WebSocket, and what came over it. */
export class Page {
  readonly socket: WebSocket;
  readonly #frames: ServerFrame[] = [];
  #wake = (): void => {};

  constructor(url: string, origin = url.replace('ws', 'http').replace(/\/plugins\/.*/, '')) {
    this.socket = new WebSocket(url, { origin });
    this.socket.on('message', (data) => {
      this.#frames.push(JSON.parse(String(data)));
      this.#wake();
    });
  }

  /** Connects and says who it is. */
  static async open(url: string, app: string, token?: string): Promise<{ page: Page; welcome: FrameOf<'welcome'> }> {
    const page = new Page(url);
    await once(page.socket, 'open');
    page.say({ type: 'hello', app, ...(token === undefined ? {} : { token }) });
    return { page, welcome: await page.hears('welcome') };
  }

  say(frame: ClientFrame): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** The next frame of this type, those of other types left for later. */
  async hears<Type extends ServerFrame['type']>(type: Type): Promise<FrameOf<Type>> {
    for (;;) {
      const index = this.#frames.findIndex((frame) => frame.type === type);
      if (index !== -1) return this.#frames.splice(index, 1)[0] as FrameOf<Type>;
      if (this.socket.readyState > WebSocket.OPEN) throw new Error(`closed while it waited for ${type}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        this.socket.once('close', () => resolve());
      });
    }
  }

  /** Sends a text and waits until it was taken. */
  async text(text: string, id: string = randomUUID()): Promise<string> {
    this.say({ type: 'text', id, text });
    await this.hears('accepted');
    return id;
  }

  /** The next message of the other side. */
  async hearsAnswer(): Promise<ShownMessage> {
    for (;;) {
      const { message } = await this.hears('message');
      if (message.from !== 'visitor') return message;
    }
  }

  /** Everything of a type that has come and was not heard. */
  unheard<Type extends ServerFrame['type']>(type: Type): readonly FrameOf<Type>[] {
    return this.#frames.filter((frame): frame is FrameOf<Type> => frame.type === type);
  }

  /** Asks for something that is answered after all that was said before. */
  async settles(): Promise<void> {
    this.say({ type: 'ping' });
    await this.hears('pong');
  }

  async closes(): Promise<number> {
    if (this.socket.readyState === WebSocket.CLOSED) return 0;
    const [code] = await once(this.socket, 'close');
    return code;
  }

  close(): void {
    this.socket.terminate();
  }
}
