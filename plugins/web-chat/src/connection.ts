import {
  address,
  type Clock,
  type ConversationKey,
  codeOf,
  conversationKey,
  type Log,
  type MessageRecord,
  ParleyError,
  type PluginContext,
  type WebhookReply,
  type WebhookRequest,
} from '@parley/core';
import type { RawData, WebSocket } from 'ws';
import { Allowances } from './allowance.ts';
import type { Audience } from './audience.ts';
import { closeCodes, readFrame, writeFrame } from './frames.ts';
import { isShown, readHistory, show } from './history.ts';
import type { ResolvedOptions } from './options.ts';
import type { ClientFrame, HistoryPage, ServerFrame } from './protocol.ts';
import { CHANNEL, type Tokens, type Visitor } from './visitors.ts';

/** What connections share. */
export interface Chat {
  readonly options: ResolvedOptions;
  readonly clock: Clock;
  readonly log: Log;
  readonly tokens: Tokens;
  readonly audience: Audience;
  readonly messages: PluginContext['messages'];
  /** Who may come as a new visitor, by IP address. */
  readonly newcomers: Allowances;
  /** Whether there is a chat of this name. */
  readonly has: (app: string) => boolean;
  /** Whether other processes may say something that this one is not told of. */
  readonly hasOthers: boolean;
  /** Takes a frame in as a webhook. */
  readonly receive: (request: WebhookRequest) => Promise<WebhookReply>;
}

/** A page has this long to say who it is, in milliseconds. */
const INTRODUCTION = 10_000;

/** A page that reads this much slower than it is written to comes back and reads the log instead, in bytes. */
const MOST_BUFFERED = 1024 * 1024;

/** How many frames may wait for the one before them. */
const MOST_WAITING = 200;

/** How many frames of whatever kind a page may send: far more than one needs, far less than would be felt. */
const FRAMES = { burst: 200, perMinute: 600 };

/** How often the log is looked into for what other processes have said, however often a page pings, in milliseconds. */
const CATCH_UP = 10_000;

/** How many ids of messages that a page has been told are kept. */
const MOST_TOLD = 500;

/** When to try again what the server could not take, in milliseconds. */
const RETRY = 5_000;

/** Who is at the other end, once they have said so. */
interface Guest {
  readonly token: string;
  readonly key: ConversationKey;
}

/**
 * One WebSocket: first nobody, after its `hello` a guest, in the end closed. Frames are taken in one after the other, in the order in which
 * they came.
 */
export class Connection {
  readonly #chat: Chat;
  readonly #socket: WebSocket;
  readonly #remoteAddress: string;
  readonly #told = new Set<string>();
  readonly #frames: Allowances;
  #caughtUpAt = Number.NEGATIVE_INFINITY;
  #guest: Guest | undefined;
  #work: Promise<void> = Promise.resolve();
  #waiting = 0;
  #heardAt: number;
  #cancelTimer: () => void;

  constructor(chat: Chat, socket: WebSocket, remoteAddress: string) {
    this.#chat = chat;
    this.#socket = socket;
    this.#remoteAddress = remoteAddress;
    this.#frames = new Allowances(chat.clock, FRAMES);
    this.#heardAt = chat.clock.monotonic();
    this.#cancelTimer = chat.clock.setTimeout(() => this.#checkIntroduction(), INTRODUCTION);
    socket.on('message', (data, isBinary) => this.#heard(data, isBinary));
    socket.on('close', () => this.#left());
    // A close follows.
    socket.on('error', (error) => chat.log.debug({ code: codeOf(error) }, 'A page broke off'));
  }

  /** Shows a message, unless the page has it. */
  tell(record: MessageRecord): void {
    if (this.#guest === undefined || !isShown(record)) return;
    const message = show(record, this.#chat.options);
    if (this.#told.has(message.id)) return;
    this.#remember(message.id);
    this.#say({ type: 'message', message });
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  #heard(data: RawData, isBinary: boolean): void {
    this.#heardAt = this.#chat.clock.monotonic();
    const frame = isBinary ? undefined : readFrame(String(data));
    if (frame === undefined) return this.close(closeCodes.malformed, 'not a frame');
    if (this.#waiting >= MOST_WAITING || this.#frames.take('page') !== undefined) {
      return this.close(closeCodes.crowded, 'too many frames');
    }
    this.#waiting += 1;
    this.#work = this.#work
      .then(() => this.#take(frame))
      .finally(() => {
        this.#waiting -= 1;
      });
  }

  async #take(frame: ClientFrame): Promise<void> {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    try {
      if (frame.type === 'hello') return await this.#welcome(frame);
      const guest = this.#guest;
      if (guest === undefined) return this.close(closeCodes.malformed, 'hello comes first');
      await this.#answer(frame, guest);
    } catch (error) {
      this.#chat.log.warn({ frame: frame.type, code: codeOf(error) }, 'A frame of a page could not be taken in');
      this.close(closeCodes.later, 'try again later');
    }
  }

  async #welcome({ app, token }: Extract<ClientFrame, { type: 'hello' }>): Promise<void> {
    const { audience, options } = this.#chat;
    if (this.#guest !== undefined) return this.close(closeCodes.malformed, 'hello comes once');
    if (!this.#chat.has(app)) return this.close(closeCodes.unknown, 'there is no such chat');
    const known = this.#recognise(app, token);
    const guest = known ?? this.#newcomer(app);
    if (guest === undefined) return this.close(closeCodes.crowded, 'too many visitors at once');
    // Before the log is read: what is said meanwhile is told twice rather than not at all.
    this.#guest = guest;
    audience.join(guest.key, this);
    this.#cancelTimer();
    this.#watchSilence();
    const resumed = known !== undefined;
    const page = resumed ? await this.#history(guest, undefined) : { messages: [] };
    this.#say({ type: 'welcome', token: guest.token, resumed, longest: options.longestText, ...page });
  }

  #recognise(app: string, token: string | undefined): Guest | undefined {
    const visitor = token === undefined ? undefined : this.#chat.tokens.read(token);
    return visitor?.app === app && token !== undefined ? guestOf(visitor, token) : undefined;
  }

  #newcomer(app: string): Guest | undefined {
    if (this.#chat.newcomers.take(this.#remoteAddress) !== undefined) return undefined;
    const { visitor, token } = this.#chat.tokens.welcome(app);
    return guestOf(visitor, token);
  }

  async #answer(frame: Exclude<ClientFrame, { type: 'hello' }>, guest: Guest): Promise<void> {
    switch (frame.type) {
      case 'text':
        return this.#say(await this.#receiveText(frame, guest));
      case 'seen':
        return this.#receiveSeen(frame, guest);
      case 'history':
        return this.#say({ type: 'history', ...(await this.#history(guest, frame.before)) });
      case 'ping':
        this.#say({ type: 'pong' });
        if (this.#chat.hasOthers) await this.#catchUp(guest);
        return;
    }
  }

  async #receiveText(frame: Extract<ClientFrame, { type: 'text' }>, guest: Guest): Promise<ServerFrame> {
    const { id } = frame;
    try {
      await this.#receive('/inbound', frame, guest);
      return { type: 'accepted', id };
    } catch (error) {
      return { type: 'refused', id, ...refusalOf(error) };
    }
  }

  async #receiveSeen(frame: Extract<ClientFrame, { type: 'seen' }>, guest: Guest): Promise<void> {
    try {
      await this.#receive('/seen', frame, guest);
    } catch (error) {
      // It is told again with the next history.
      this.#chat.log.debug({ code: codeOf(error) }, 'A receipt of a page was not taken');
    }
  }

  #receive(path: string, frame: ClientFrame, { token }: Guest): Promise<WebhookReply> {
    const headers = { authorization: `Bearer ${token}` };
    return this.#chat.receive({ method: 'POST', path, headers, body: Buffer.from(JSON.stringify(frame)) });
  }

  async #history({ key }: Guest, before: string | undefined): Promise<HistoryPage> {
    const { messages, options } = this.#chat;
    const page = await readHistory(key, before, messages, options);
    for (const { id } of page.messages) this.#remember(id);
    return page;
  }

  /** What another process has said, if this one was not told. */
  async #catchUp({ key }: Guest): Promise<void> {
    const now = this.#chat.clock.monotonic();
    if (now - this.#caughtUpAt < CATCH_UP) return;
    this.#caughtUpAt = now;
    const { messages } = await this.#chat.messages.list({ conversation: key, limit: this.#chat.options.historyPage });
    for (const record of messages.toReversed()) this.tell(record);
  }

  #remember(id: string): void {
    this.#told.add(id);
    for (const oldest of this.#told) {
      if (this.#told.size <= MOST_TOLD) return;
      this.#told.delete(oldest);
    }
  }

  #say(frame: ServerFrame): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > MOST_BUFFERED) return this.#socket.terminate();
    this.#socket.send(writeFrame(frame));
  }

  #checkIntroduction(): void {
    if (this.#guest === undefined) this.close(closeCodes.malformed, 'nobody said hello');
  }

  /** Pages speak often enough; one that does not is gone, though its connection may not know. */
  #watchSilence(): void {
    const { clock, options } = this.#chat;
    const left = this.#heardAt + options.silence - clock.monotonic();
    if (left <= 0) return this.#socket.terminate();
    this.#cancelTimer = clock.setTimeout(() => this.#watchSilence(), left);
  }

  #left(): void {
    this.#cancelTimer();
    if (this.#guest !== undefined) this.#chat.audience.leave(this.#guest.key, this);
  }
}

function guestOf({ app, address: theirs }: Visitor, token: string): Guest {
  return { token, key: conversationKey(address(CHANNEL + app), theirs) };
}

/** Why a text was not taken, and whether it may be later. */
function refusalOf(error: unknown): { readonly code: string; readonly retryAfter?: number } {
  if (!(error instanceof ParleyError)) return { code: 'error.platform.server.failed', retryAfter: RETRY };
  const { code, status, details } = error;
  if (code === 'error.platform.web-chat.too-fast') return { code, retryAfter: Number(details.seconds) * 1_000 };
  return status >= 500 ? { code, retryAfter: RETRY } : { code };
}
