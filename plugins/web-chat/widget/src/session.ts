import type { ClientFrame, ServerFrame } from '../../src/protocol.ts';
import type { Conversation } from './conversation.ts';
import type { Memory, Unsent } from './memory.ts';

/** How the page stands with the server. `gone`: it will not be tried again. */
export type Connected = 'idle' | 'connecting' | 'online' | 'offline' | 'gone';

/** What a session needs of the world. */
export interface SessionOptions {
  readonly url: string;
  readonly app: string;
  readonly memory: Memory;
  readonly conversation: Conversation;
  /** Called after every change. */
  readonly changed: () => void;
}

/** The page says something this often, in milliseconds, so that both sides notice when the other is gone. */
const HEARTBEAT = 25_000;
/** An answer that takes longer than this does not come, in milliseconds. */
const PATIENCE = 10_000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;

/** Close codes after which trying again is of no use: no such chat, or not understood. */
const FINAL = [4400, 4404];

/** Speaks with the server: connects and reconnects, sends what was written once and in order, takes in what is said. */
export class Session {
  readonly #options: SessionOptions;
  #socket: WebSocket | undefined;
  #connected: Connected = 'idle';
  #attempts = 0;
  #retryTimer = 0;
  #beatTimer = 0;
  #answerTimer = 0;
  /** The text that the server was given and has not answered. */
  #underWay: string | undefined;
  #resendTimer = 0;
  #readingHistory = false;
  /** How many characters a text may have. */
  longest = 2_000;

  constructor(options: SessionOptions) {
    this.#options = options;
    for (const text of this.#outbox) options.conversation.write(text);
    window.addEventListener('online', () => this.#hurry());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.#hurry());
  }

  get connected(): Connected {
    return this.#connected;
  }

  /** Connects, unless it has. */
  start(): void {
    if (this.#connected === 'idle') this.#connect();
  }

  /** Sends a text, now or as soon as it can be. */
  write(text: string): void {
    const unsent: Unsent = { id: crypto.randomUUID(), text, at: Date.now() };
    this.#options.conversation.write(unsent);
    this.#keep([...this.#outbox, unsent]);
    this.start();
    this.#flush();
    this.#options.changed();
  }

  /** Reads what was said before. */
  readMore(): void {
    const { more } = this.#options.conversation;
    if (more === undefined || this.#readingHistory || this.#connected !== 'online') return;
    this.#readingHistory = true;
    this.#say({ type: 'history', before: more });
  }

  #connect(): void {
    this.#become('connecting');
    const socket = new WebSocket(this.#options.url);
    this.#socket = socket;
    socket.onopen = () => {
      const { token } = this.#options.memory.read();
      this.#say({ type: 'hello', app: this.#options.app, ...(token === undefined ? {} : { token }) });
    };
    socket.onmessage = ({ data }) => socket === this.#socket && this.#hear(JSON.parse(data));
    socket.onclose = ({ code }) => socket === this.#socket && this.#lost(code);
    this.#expectAnswer();
  }

  #lost(code: number): void {
    this.#socket = undefined;
    this.#underWay = undefined;
    this.#readingHistory = false;
    for (const timer of [this.#beatTimer, this.#answerTimer, this.#resendTimer]) clearTimeout(timer);
    if (FINAL.includes(code)) return this.#become('gone');
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#attempts);
    this.#attempts += 1;
    this.#become('offline');
    // Half of it by chance, so that the visitors of a server that was restarted do not come back all at once.
    this.#retryTimer = window.setTimeout(() => this.#connect(), (wait * (1 + Math.random())) / 2);
  }

  /** The network is back, or somebody looks: finds out now whether the server is there. */
  #hurry(): void {
    if (this.#connected === 'online') return this.#beat();
    if (this.#connected !== 'offline') return;
    clearTimeout(this.#retryTimer);
    this.#connect();
  }

  #hear(frame: ServerFrame): void {
    clearTimeout(this.#answerTimer);
    const { conversation, memory, changed } = this.#options;
    switch (frame.type) {
      case 'welcome':
        if (!frame.resumed) conversation.forget();
        memory.patch({ token: frame.token });
        this.longest = frame.longest;
        this.#attempts = 0;
        conversation.begin(frame);
        this.#acknowledge(frame.messages);
        this.#become('online');
        this.#plan();
        this.#flush();
        break;
      case 'message':
        conversation.add([frame.message]);
        this.#acknowledge([frame.message]);
        break;
      case 'history':
        this.#readingHistory = false;
        conversation.extend(frame);
        this.#acknowledge(frame.messages);
        break;
      case 'accepted':
        conversation.accepted(frame.id);
        this.#settle(frame.id);
        break;
      case 'refused':
        this.#refused(frame);
        break;
      case 'pong':
    }
    changed();
  }

  #refused({ id, retryAfter }: Extract<ServerFrame, { type: 'refused' }>): void {
    if (retryAfter === undefined) {
      this.#options.conversation.failed(id);
      return this.#settle(id);
    }
    this.#resendTimer = window.setTimeout(() => {
      this.#underWay = undefined;
      this.#flush();
    }, retryAfter);
  }

  /** A text needs no more attention: the next one's turn. */
  #settle(id: string): void {
    this.#keep(this.#outbox.filter((text) => text.id !== id));
    if (this.#underWay !== id) return;
    this.#underWay = undefined;
    this.#flush();
  }

  /** One text at a time, so that they arrive in the order in which they were written. */
  #flush(): void {
    const [next] = this.#outbox;
    if (next === undefined || this.#underWay !== undefined || this.#connected !== 'online') return;
    this.#underWay = next.id;
    this.#say({ type: 'text', id: next.id, text: next.text });
    this.#expectAnswer();
  }

  #acknowledge(messages: readonly { readonly id: string; readonly unseen?: true }[]): void {
    const ids = messages.filter(({ unseen }) => unseen).map(({ id }) => id);
    if (ids.length > 0) this.#say({ type: 'seen', ids });
  }

  #beat(): void {
    this.#say({ type: 'ping' });
    this.#expectAnswer();
    this.#plan();
  }

  #plan(): void {
    clearTimeout(this.#beatTimer);
    this.#beatTimer = window.setTimeout(() => this.#beat(), HEARTBEAT);
  }

  #expectAnswer(): void {
    clearTimeout(this.#answerTimer);
    const socket = this.#socket;
    this.#answerTimer = window.setTimeout(() => {
      if (socket === undefined || socket !== this.#socket) return;
      // A connection that is gone without a word takes minutes to close.
      socket.close();
      this.#lost(1006);
    }, PATIENCE);
  }

  #say(frame: ClientFrame): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #become(connected: Connected): void {
    this.#connected = connected;
    this.#options.changed();
  }

  get #outbox(): readonly Unsent[] {
    return this.#options.memory.read().outbox ?? [];
  }

  #keep(outbox: readonly Unsent[]): void {
    this.#options.memory.patch({ outbox });
  }
}
