import type { ConversationKey } from './address.ts';
import { maskKey, partiesOf } from './address.ts';
import { createAdmission, type Permit } from './admission.ts';
import { notOnList } from './allow-list.ts';
import type { App } from './app.ts';
import type { AppRuntime } from './app-runtime.ts';
import type { ConversationDocument, OutboxMessage } from './document.ts';
import { codeOf, ParleyError } from './errors.ts';
import { decode } from './host/codec.ts';
import type { Media, PolicyVerdict } from './message.ts';
import { isUntouched, nextToSend, type SendOutcome } from './outbox.ts';
import type { OutboundView } from './plugin.ts';
import type { Checked, PluginDriver } from './plugin-driver.ts';
import type { Profiles } from './profiles.ts';
import { afterFailedSend, retryAfterFailedCheck, tooLate } from './retry.ts';
import type { Runtime } from './runtime.ts';
import type { MessageStore } from './storage.ts';
import { TimeLimit } from './time-limit.ts';
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
  /** Resolves once the message of a conversation that is past its policies, if there is one, has been tried. */
  leaving(key: ConversationKey): Promise<void>;
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
  readonly messages: Pick<MessageStore, 'get' | 'totals'>;
  /** Where the world reaches this server, without a slash at the end. */
  readonly publicUrl: () => string;
  /** How long one attempt may take, in milliseconds. */
  readonly sendTimeout: number;
  /** How many sends may be under way at a time. */
  readonly sendsAtOnce: number;
  /** Takes a turn, however often the storage has to be asked; rejects only when the engine has stopped. */
  readonly turn: (key: ConversationKey, event: TurnEvent) => Promise<TurnResult>;
  readonly track: (work: Promise<unknown>) => void;
}

/** What has to be left of a lease beyond the time that a send may take, in milliseconds. */
const LEASE_MARGIN = 1000;

/** A policy that defers to a moment that has passed is asked again after this long, in milliseconds. */
const SHORTEST_DEFERRAL = 1000;

/** A message whose turn it is to leave, if the policies let it. */
interface Admitted {
  readonly kind: 'admitted';
  /** After all rewrites. */
  readonly view: OutboundView;
  readonly permit: Permit;
}

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
  /** Attempts whose policies have been asked. */
  const leaving = new Map<ConversationKey, Promise<unknown>>();
  const admission = createAdmission(runtime, options.messages, options.sendsAtOnce);
  const timeLimit = new TimeLimit({
    clock,
    length: options.sendTimeout,
    tooLong: () => new ParleyError('error.platform.send.timeout'),
  });
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
    const heldBack = admission.heldBack(app.transport, message);
    if (heldBack !== undefined) return heldBack;
    const admitted = await prepare(conversation, message, app);
    if (admitted?.kind !== 'admitted') return admitted;
    const { key } = conversation.document;
    const attempt = leave(conversation, message, admitted);
    leaving.set(key, attempt);
    try {
      return await attempt;
    } finally {
      leaving.delete(key);
      admitted.permit.leave();
    }
  }

  /** Has the policies look at a message whose turn it is, and hands it over. */
  async function leave(
    conversation: Conversation,
    message: OutboxMessage,
    { view, permit }: Admitted,
  ): Promise<SendOutcome | undefined> {
    const outcome = await checkAndHandOver(conversation, message, view);
    if (outcome?.kind !== 'sent') permit.giveBack();
    return outcome;
  }

  async function checkAndHandOver(
    conversation: Conversation,
    message: OutboxMessage,
    view: OutboundView,
  ): Promise<SendOutcome | undefined> {
    let checked: Checked;
    try {
      checked = await plugins.check({ ...view, now: clock.now() });
    } catch (error) {
      return afterFailedCheck(conversation, message, error);
    }
    const { verdict, verdicts } = checked;
    if (verdict !== undefined) return obey(verdict, verdicts, clock.now());
    // Plugins, the pace and the question to the provider take their time, too.
    if (!(await holds(conversation, message))) return undefined;
    const outcome = await handOver(view.message, message, view.app.transport);
    return outcome.kind === 'sent' ? { ...outcome, verdicts, ...rewritten(message, view) } : outcome;
  }

  /** Makes a message ready to leave, or says what becomes of it; `undefined` when somebody else is at it. */
  async function prepare(
    conversation: Conversation,
    message: OutboxMessage,
    app: App,
  ): Promise<Admitted | SendOutcome | undefined> {
    try {
      const original = viewOf(conversation.document, message, app);
      const text = await plugins.rewrite(message.text, original);
      const view = { ...original, message: { ...original.message, text } };
      if (message.inDoubt) {
        if (!(await holds(conversation, message))) return undefined;
        const known = await findOut(view, message);
        if (known !== undefined) return known;
      }
      const refused =
        tooLate(message, clock.now()) ??
        notOnList(app, view.message.to) ??
        refusedBy(options.transports[app.transport], view.message);
      if (refused !== undefined) return refused;
      // The policies come after the wait for the sender's pace, since the person may opt out meanwhile.
      const permit = await admission.admit(app, message);
      return permit.kind === 'permit' ? { kind: 'admitted', view, permit } : permit;
    } catch (error) {
      return afterFailedCheck(conversation, message, error);
    }
  }

  function afterFailedCheck({ document }: Conversation, message: OutboxMessage, error: unknown): SendOutcome {
    log.warn(
      { conversation: maskKey(document.key), message: message.id, code: codeOf(error) },
      'a message waits: it could not be checked',
    );
    return retryAfterFailedCheck(message, runtime);
  }

  function viewOf({ key, actor, via, heardAt }: ConversationDocument, message: OutboxMessage, app: App): OutboundView {
    const { ours, theirs } = partiesOf(key);
    const { id, text, media, createdAt, category, deadline, origin } = message;
    return {
      app,
      actor,
      message: {
        ...{ id, from: ours, to: theirs, text, media: media.map(reachable), createdAt },
        ...(deadline === undefined ? {} : { deadline }),
        ...(via === undefined ? {} : { via }),
      },
      record: { id, category, text, at: createdAt, origin },
      ...(heardAt === undefined ? {} : { heardAt }),
      now: clock.now(),
    };
  }

  /** A picture of this server under the URL at which a provider can fetch it. */
  function reachable(media: Media): Media {
    return media.url.startsWith('/') ? { ...media, url: `${options.publicUrl()}${media.url}` } : media;
  }

  /** What is known of a message that may have been sent: from a callback that has come meanwhile, else from the provider. */
  async function findOut(view: OutboundView, message: OutboxMessage): Promise<SendOutcome | undefined> {
    const record = await options.messages.get(message.id);
    if (record?.providerId !== undefined) {
      const { providerId, providerStatus = 'accepted' } = record;
      return { kind: 'sent', source: 'find', receipt: { providerId, providerStatus }, ...rewritten(message, view) };
    }
    const found = await asking(view.app.transport, (provider, signal) => provider.find(view.message, { signal }));
    if (found === 'undecided') return { kind: 'undecided' };
    return found === undefined
      ? undefined
      : { kind: 'sent', source: 'find', receipt: found, ...rewritten(message, view) };
  }

  async function handOver(outgoing: OutgoingMessage, message: OutboxMessage, transport: string): Promise<SendOutcome> {
    try {
      const receipt = await asking(transport, (provider, signal) => {
        const sendOptions = { idempotencyKey: message.id, signal };
        return plugins.aroundSend(outgoing, sendOptions, async () => {
          signal.throwIfAborted();
          return provider.send(outgoing, sendOptions);
        });
      });
      return { kind: 'sent', receipt, source: 'send' };
    } catch (error) {
      return afterFailedSend(message, error, runtime);
    }
  }

  /** Asks a provider, within the time that it has, and takes note of whether it is there. */
  async function asking<Result>(
    name: string,
    ask: (provider: Transport, signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    try {
      const answer = await timeLimit.run((signal) => ask(options.transports[name] as Transport, signal));
      admission.asked(name);
      return answer;
    } catch (error) {
      if (!timeLimit.isCalledOff) admission.asked(name, error);
      throw error;
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
    async leaving(key) {
      await leaving.get(key);
    },
    drain() {
      draining = true;
      admission.stop();
    },
    abort() {
      timeLimit.callOff(new ParleyError('error.platform.engine.stopped'));
    },
  };
}

/** The text as it leaves, if it is another than was said. */
function rewritten(
  { text }: OutboxMessage,
  { message }: Pick<OutboundView, 'message'>,
): { readonly sentText?: string } {
  return message.text === text ? {} : { sentText: message.text };
}

/** What becomes of a message that its provider would never take; `undefined` when it may. */
function refusedBy(transport: Transport | undefined, outgoing: OutgoingMessage): SendOutcome | undefined {
  const refusal = transport?.refuses?.(outgoing);
  return refusal && { kind: 'failed', code: refusal.code, reason: refusal.reason, source: 'engine' };
}

/** What a policy's verdict makes of a message. */
function obey(verdict: NonNullable<Checked['verdict']>, verdicts: readonly PolicyVerdict[], now: number): SendOutcome {
  switch (verdict.kind) {
    case 'deny':
      return { kind: 'failed', code: verdict.code, reason: verdict.reason, source: 'policy', verdicts };
    case 'defer':
      return { kind: 'deferred', until: Math.max(verdict.until, now + SHORTEST_DEFERRAL), verdicts };
  }
}
