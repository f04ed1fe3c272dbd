import type { ConversationKey } from './address.ts';
import { maskKey, partiesOf } from './address.ts';
import type { AppRuntime } from './app-runtime.ts';
import type { ConversationDocument, OutboxMessage } from './document.ts';
import { codeOf, ParleyError } from './errors.ts';
import { decode } from './host/codec.ts';
import type { Media } from './message.ts';
import { nextToSend, type SendOutcome } from './outbox.ts';
import type { OutboundView, Verdict } from './plugin.ts';
import type { PluginDriver } from './plugin-driver.ts';
import type { Profiles } from './profiles.ts';
import { afterFailedSend, retryAfterFailedCheck, tooLate } from './retry.ts';
import type { Runtime } from './runtime.ts';
import type { MessageStore } from './storage.ts';
import type { OutgoingMessage, Transport } from './transport.ts';
import type { TurnEvent, TurnResult } from './turn.ts';

/**
 * Sends what conversations have in their outboxes: one conversation at a time, in order, under the lease that the turn
 * took. Each attempt is settled by a turn of its own.
 */
export interface Dispatcher {
  /**
   * Takes note of a commit, before anything else can happen; once whoever waited for it has been answered, begins to send
   * if the document's lease is ours and nobody is at it.
   */
  committed(document: ConversationDocument, runtime: AppRuntime): void;
  isSending(key: ConversationKey): boolean;
  /** The conversations that it is at. */
  conversations(): Iterable<ConversationKey>;
  /** Sends nothing new; what is being sent is let go on. */
  drain(): void;
  /** Cuts off what is being sent. */
  abort(): void;
}

export interface DispatcherOptions {
  readonly owner: string;
  readonly runtime: Runtime;
  readonly transports: Readonly<Record<string, Transport>>;
  readonly plugins: PluginDriver;
  readonly profiles: Pick<Profiles, 'patch'>;
  readonly messages: Pick<MessageStore, 'get'>;
  /** Where the world reaches this server, without a slash at the end. */
  readonly publicUrl: () => string;
  /** How long one attempt may take, in milliseconds. */
  readonly sendTimeout: number;
  /** Takes a turn, however often the storage has to be asked; rejects only when the engine has stopped. */
  readonly turn: (key: ConversationKey, event: TurnEvent) => Promise<TurnResult>;
  readonly track: (work: Promise<unknown>) => void;
}

/** What has to be left of a lease beyond the time that a send may take, in milliseconds. */
const LEASE_MARGIN = 1000;

/** A policy that defers to a moment that has passed is asked again after this long, in milliseconds. */
const SHORTEST_DEFERRAL = 1000;

interface Conversation {
  /** The newest that this process has committed. */
  document: ConversationDocument;
  /** When the lease ends, by the monotonic clock. */
  leaseEnds: number;
}

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { owner, runtime, plugins, profiles, track } = options;
  const { clock, log } = runtime;
  const sending = new Map<ConversationKey, Conversation>();
  const cut = new AbortController();
  let draining = false;

  function leaseEnd({ dispatch }: ConversationDocument): number {
    return clock.monotonic() + (dispatch?.until ?? 0) - clock.now();
  }

  async function work(conversation: Conversation, app: AppRuntime): Promise<void> {
    const { key } = conversation.document;
    try {
      while (!draining && conversation.document.dispatch?.owner === owner) {
        const { remember } = conversation.document;
        const message = nextToSend(conversation.document, clock.now());
        if (remember !== undefined) await shareMemory(key, remember);
        else if (message !== undefined) await send(conversation, message, app);
        else return;
      }
    } finally {
      sending.delete(key);
    }
  }

  async function shareMemory(
    key: ConversationKey,
    { patch, turn }: NonNullable<ConversationDocument['remember']>,
  ): Promise<void> {
    await profiles.patch(partiesOf(key).theirs, decode(patch));
    await options.turn(key, { kind: 'remembered', turn });
  }

  async function send(conversation: Conversation, message: OutboxMessage, app: AppRuntime): Promise<void> {
    const { key } = conversation.document;
    const outcome = await attempt(conversation, message, app);
    if (outcome === undefined) return;
    if (outcome.kind === 'failed')
      log.warn({ conversation: maskKey(key), message: message.id, code: outcome.code }, 'a message failed');
    await options.turn(key, { kind: 'settle', message: message.id, outcome });
  }

  /**
   * Makes sure that there is time left for one exchange with the provider. A process that was held up past its lease
   * finds out here whether somebody else has taken over meanwhile.
   */
  async function holds(conversation: Conversation, message: OutboxMessage): Promise<boolean> {
    const isTimeLeft = () => conversation.leaseEnds - clock.monotonic() >= options.sendTimeout + LEASE_MARGIN;
    if (isTimeLeft()) return true;
    await options.turn(conversation.document.key, { kind: 'extend' });
    const { dispatch, outbox } = conversation.document;
    return dispatch?.owner === owner && isTimeLeft() && outbox.some((other) => isUntouched(other, message));
  }

  /** How one attempt went; `undefined` when somebody else is at the message. */
  async function attempt(
    conversation: Conversation,
    message: OutboxMessage,
    { app }: AppRuntime,
  ): Promise<SendOutcome | undefined> {
    const { key, actor } = conversation.document;
    const { ours, theirs } = partiesOf(key);
    const { id, text, media, createdAt, category } = message;
    const transport = options.transports[app.transport] as Transport;
    let outgoing: OutgoingMessage = { id, from: ours, to: theirs, text, media: media.map(reachable), createdAt };
    try {
      const view: OutboundView = {
        app,
        actor,
        message: outgoing,
        record: { id, category, text, at: createdAt },
        now: clock.now(),
      };
      outgoing = { ...outgoing, text: await plugins.rewrite(text, view) };
      if (message.inDoubt) {
        if (!(await holds(conversation, message))) return undefined;
        const known = (await findOut(outgoing, transport)) ?? tooLate(message, clock.now());
        if (known !== undefined) return known;
      }
      const verdict = await plugins.check({ ...view, message: outgoing });
      if (verdict !== undefined) return obey(verdict, clock.now());
    } catch (error) {
      log.warn(
        { conversation: maskKey(key), message: id, code: codeOf(error) },
        'a message waits: it could not be checked',
      );
      return retryAfterFailedCheck(message, runtime);
    }
    // Plugins and the question to the provider take their time, too.
    if (!(await holds(conversation, message))) return undefined;
    return handOver(outgoing, message, transport);
  }

  /** A picture of this server under the URL at which a provider can fetch it. */
  function reachable(media: Media): Media {
    return media.url.startsWith('/') ? { ...media, url: `${options.publicUrl()}${media.url}` } : media;
  }

  /** What is known of a message that may have been sent: from a callback that has come meanwhile, else from the provider. */
  async function findOut(outgoing: OutgoingMessage, transport: Transport): Promise<SendOutcome | undefined> {
    const record = await options.messages.get(outgoing.id);
    if (record?.providerId !== undefined) {
      const { providerId, providerStatus = 'accepted' } = record;
      return { kind: 'sent', source: 'find', receipt: { providerId, providerStatus } };
    }
    const receipt = await withinTime((signal) => transport.find(outgoing, { signal }));
    return receipt === undefined ? undefined : { kind: 'sent', source: 'find', receipt };
  }

  async function handOver(
    outgoing: OutgoingMessage,
    message: OutboxMessage,
    transport: Transport,
  ): Promise<SendOutcome> {
    try {
      const receipt = await withinTime((signal) => {
        const sendOptions = { idempotencyKey: message.id, signal };
        return plugins.aroundSend(outgoing, sendOptions, async () => {
          signal.throwIfAborted();
          return transport.send(outgoing, sendOptions);
        });
      });
      return { kind: 'sent', receipt, source: 'send' };
    } catch (error) {
      return afterFailedSend(message, error, runtime);
    }
  }

  async function withinTime<Result>(ask: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const tooLong = new AbortController();
    const cancel = clock.setTimeout(
      () => tooLong.abort(new ParleyError('error.platform.send.timeout')),
      options.sendTimeout,
    );
    const signal = AbortSignal.any([cut.signal, tooLong.signal]);
    // A transport that does not look at its signal shall not hold up the conversation for ever.
    let stopListening = (): void => {};
    const aborted = new Promise<never>((_, reject) => {
      const onAbort = () => reject(signal.reason);
      signal.addEventListener('abort', onAbort);
      stopListening = () => signal.removeEventListener('abort', onAbort);
    });
    try {
      return await Promise.race([aborted, ask(signal)]);
    } finally {
      stopListening();
      cancel();
    }
  }

  return {
    committed(document, app) {
      const known = sending.get(document.key);
      if (known !== undefined) {
        if (document.turns > known.document.turns) Object.assign(known, { document, leaseEnds: leaseEnd(document) });
        return;
      }
      if (draining || document.dispatch?.owner !== owner) return;
      const conversation = { document, leaseEnds: leaseEnd(document) };
      sending.set(document.key, conversation);
      track(runtime.afterAnswer().then(() => work(conversation, app)));
    },
    isSending: (key) => sending.has(key),
    conversations: () => sending.keys(),
    drain() {
      draining = true;
    },
    abort() {
      cut.abort(new ParleyError('error.platform.engine.stopped'));
    },
  };
}

/** What a policy's verdict makes of a message. */
function obey(verdict: Verdict, now: number): SendOutcome {
  switch (verdict.kind) {
    case 'deny':
      return { kind: 'failed', code: verdict.code, reason: verdict.reason, source: 'policy' };
    case 'defer':
      return { kind: 'deferred', until: Math.max(verdict.until, now + SHORTEST_DEFERRAL) };
  }
}

/** Whether nobody has tried a message since it was read. */
function isUntouched(now: OutboxMessage, before: OutboxMessage): boolean {
  return (
    now.id === before.id &&
    now.attempts === before.attempts &&
    now.notBefore === before.notBefore &&
    now.inDoubt === before.inDoubt
  );
}
