import type { ActivityKind, ActivityRecord } from './activity.ts';
import { type ActorPatch, type ActorProfile, mergePatches, patchActor, plainPatch } from './actor.ts';
import type { Address, ConversationKey } from './address.ts';
import { partiesOf } from './address.ts';
import type { AppRuntime } from './app-runtime.ts';
import {
  type Burst,
  type ConversationDocument,
  dueAtOf,
  type Halted,
  type Handoff,
  type Journey,
  type Lease,
  type OutboxMessage,
  type ParkedEvent,
} from './document.ts';
import { ParleyError } from './errors.ts';
import { decode, encode } from './host/codec.ts';
import type { Media, MessageCategory, MessageId, MessageOrigin, MessageRecord } from './message.ts';
import { splitText } from './split-text.ts';
import type { StatusUpdate } from './status.ts';
import type { TurnCommit } from './storage.ts';

/** What a turn may use: everything that is not in the document. */
export interface TurnContext {
  readonly runtime: AppRuntime;
  readonly key: ConversationKey;
  readonly now: number;
  readonly newId: () => string;
  /** What the organization knows of the person; absent when nobody has looked yet. */
  readonly profile?: ActorProfile;
  /** Who takes on the work that the turn leaves behind. */
  readonly worker: Worker;
}

/** The process that runs a turn, as leases see it. */
export interface Worker {
  /** Unique to this run of this process. */
  readonly owner: string;
  /** No other process can be alive: a lease of somebody else's is void. */
  readonly alone: boolean;
  /** Whether this process is sending for this conversation at this moment. */
  readonly dispatching: boolean;
  /** Whether this process is running the task `<journey>:<task>` at this moment. */
  readonly running: (task: string) => boolean;
  /** How long a lease holds, in milliseconds; one on a task by as much longer as an attempt at it may take. */
  readonly lease: number;
  /** How long an attempt at a task may take unless it says otherwise, in milliseconds. */
  readonly taskTimeout: number;
}

/** A text that somebody wants to send in the conversation. */
export interface Saying {
  /** Not before this moment; at once unless set. */
  readonly at?: number;
  /** How long it is of use from the moment on at which it may leave, in milliseconds. */
  readonly validFor?: number;
  readonly text: string;
  readonly media: readonly Media[];
  readonly category: MessageCategory;
  readonly origin: MessageOrigin;
  /** The id of its message. Default: a new one. */
  readonly id?: MessageId;
}

/** What a text may have at most; Twilio refuses longer ones (error 21617). */
const LONGEST_TEXT = 1600;

/** How many pictures a message may have; Twilio refuses more (error 21623). */
const MOST_MEDIA = 10;

/** How many parked events a document keeps. Those beyond are in the activity, and texts in the message log. */
const PARKED_KEPT = 50;

/** A document while a turn changes it, and the rows that will be committed with it. */
export class Draft {
  readonly context: TurnContext;
  /** Whether the conversation began with this turn. */
  readonly fresh: boolean;
  journey: Journey | undefined;
  handoff: Handoff | undefined;
  outbox: readonly OutboxMessage[];
  dispatch: Lease | undefined;
  burst: Burst | undefined;
  heardAt: number | undefined;
  via: Address | undefined;
  apologised: boolean;
  replies: ConversationDocument['replies'];
  parked: readonly ParkedEvent[];
  #halted: Halted | undefined;
  #hasReplied = false;
  #actor: ActorProfile;
  #remember: ConversationDocument['remember'];
  /** The number of this turn. */
  readonly turn: number;
  readonly #createdAt: number;
  readonly #messages: MessageRecord[] = [];
  readonly #statuses: { readonly id: MessageId; readonly update: StatusUpdate }[] = [];
  readonly #activity: ActivityRecord[] = [];

  constructor(document: ConversationDocument | undefined, context: TurnContext) {
    this.context = context;
    this.fresh = document === undefined;
    this.journey = document?.journey;
    this.handoff = document?.handoff;
    this.outbox = document?.outbox ?? [];
    this.dispatch = document?.dispatch;
    this.#actor = document?.actor ?? context.profile ?? { address: partiesOf(context.key).theirs };
    this.#remember = document?.remember;
    this.burst = document?.burst;
    this.heardAt = document?.heardAt;
    this.via = document?.via;
    this.apologised = document?.apologised ?? false;
    this.replies = document?.replies;
    this.parked = document?.parked ?? [];
    this.#halted = document?.halted;
    this.turn = (document?.turns ?? 0) + 1;
    this.#createdAt = document?.createdAt ?? context.now;
  }

  get actor(): ActorProfile {
    return this.#actor;
  }

  /** Takes over what the organization knows of the person, keeping what it has not been told yet. */
  refreshActor(profile: ActorProfile): void {
    this.#actor = this.#remember === undefined ? profile : patchActor(profile, decode(this.#remember.patch));
  }

  remember(patch: ActorPatch): void {
    const learned = plainPatch(patch);
    this.#actor = patchActor(this.#actor, learned);
    const before = this.#remember === undefined ? {} : decode(this.#remember.patch);
    this.#remember = { patch: encode(mergePatches(before, learned)), turn: this.turn };
  }

  get hasToRemember(): boolean {
    return this.#remember !== undefined;
  }

  /** The shared profile has what was learned up to this turn. */
  remembered(turn: number): void {
    if (this.#remember?.turn === turn) this.#remember = undefined;
  }

  receive(message: MessageRecord): void {
    this.#messages.push(message);
  }

  /**
   * Puts a text into the outbox and the message log: as one message, or where the app wants it as several that leave in order.
   * Returns the id of the first.
   *
   * @throws `error.platform.message.empty`, `error.platform.message.too-long`, `error.platform.message.too-many-media`
   */
  say(saying: Saying): MessageId {
    const { media } = saying;
    // Half of a character that was cut in two leaves as something else, and could not be found again at the provider.
    const text = saying.text.toWellFormed();
    if (text === '' && media.length === 0) throw new ParleyError('error.platform.message.empty');
    if (media.length > MOST_MEDIA) {
      throw new ParleyError('error.platform.message.too-many-media', { count: media.length, limit: MOST_MEDIA });
    }
    const [first, ...rest] = this.#partsOf(text);
    const id = this.#put({ ...saying, text: first });
    const { id: _, ...others } = saying;
    for (const part of rest) this.#put({ ...others, text: part, media: [] });
    return id;
  }

  #partsOf(text: string): readonly [string, ...string[]] {
    if (text.length <= LONGEST_TEXT) return [text];
    if (this.context.runtime.app.longTexts === 'split') {
      return splitText(text, LONGEST_TEXT) as readonly string[] as readonly [string, ...string[]];
    }
    throw new ParleyError('error.platform.message.too-long', { length: text.length, limit: LONGEST_TEXT });
  }

  #put({ text, media, category, origin, at, validFor, id: given }: Saying): MessageId {
    const { key, now, newId, runtime } = this.context;
    const id = given ?? (newId() as MessageId);
    if (origin.kind === 'bot' || origin.kind === 'app') this.#hasReplied = true;
    this.outbox = [
      ...this.outbox,
      {
        ...{ id, turn: this.turn, text, media, category, origin, createdAt: now, attempts: 0 },
        ...(at === undefined ? {} : { notBefore: at }),
        ...(validFor === undefined ? {} : { deadline: Math.max(at ?? now, now) + validFor }),
      },
    ];
    this.#messages.push({
      id,
      conversation: key,
      app: runtime.app.id,
      direction: 'outbound',
      ...partiesOf(key),
      text,
      media,
      origin,
      category,
      at: now,
      status: 'pending',
      history: [{ status: 'pending', at: now, source: 'engine' }],
    });
    return id;
  }

  moveStatus(id: MessageId, update: StatusUpdate): void {
    this.#statuses.push({ id, update });
  }

  record(
    kind: ActivityKind,
    entry: Partial<Pick<ActivityRecord, 'name' | 'data' | 'bot' | 'version' | 'state'>> = {},
  ): void {
    const { key, now, newId, runtime } = this.context;
    this.#activity.push({
      id: newId(),
      conversation: key,
      app: runtime.app.id,
      at: now,
      ...(this.journey === undefined ? {} : { journey: this.journey.id, bot: this.journey.bot }),
      kind,
      ...entry,
    });
  }

  park(event: ParkedEvent): void {
    if (this.parked.length < PARKED_KEPT) this.parked = [...this.parked, event];
    this.record('parked', { name: event.code, ...(event.bot === undefined ? {} : { bot: event.bot }) });
  }

  get halted(): Halted | undefined {
    return this.#halted;
  }

  /** Lets the whole conversation stand still. */
  halt({ at, code, reason }: Halted): void {
    this.#halted = { at, code, reason };
    this.record('halted', { name: code });
  }

  /** Lets it go on. */
  unhalt(): void {
    this.#halted = undefined;
  }

  /** Whether the bot or the app has said something in this turn. */
  get hasReplied(): boolean {
    return this.#hasReplied;
  }

  /** Remembers where things stand, to go back there when a machine throws. */
  checkpoint(): () => void {
    const { journey, handoff, outbox, parked, apologised } = this;
    const actor = this.#actor;
    const remember = this.#remember;
    const halted = this.#halted;
    const hasReplied = this.#hasReplied;
    const lengths = [this.#messages.length, this.#activity.length] as const;
    return () => {
      Object.assign(this, { journey, handoff, outbox, parked, apologised });
      this.#actor = actor;
      this.#remember = remember;
      this.#halted = halted;
      this.#hasReplied = hasReplied;
      this.#messages.length = lengths[0];
      this.#activity.length = lengths[1];
    };
  }

  commit(): TurnCommit {
    const { key, runtime } = this.context;
    const document: ConversationDocument = {
      format: 1,
      key,
      app: runtime.app.id,
      ...partiesOf(key),
      createdAt: this.#createdAt,
      turns: this.turn,
      actor: this.#actor,
      outbox: this.outbox,
      ...(this.#remember === undefined ? {} : { remember: this.#remember }),
      ...(this.journey === undefined ? {} : { journey: this.journey }),
      ...(this.handoff === undefined ? {} : { handoff: this.handoff }),
      ...(this.heardAt === undefined ? {} : { heardAt: this.heardAt }),
      ...(this.via === undefined ? {} : { via: this.via }),
      ...(this.burst === undefined ? {} : { burst: this.burst }),
      ...(this.parked.length === 0 ? {} : { parked: this.parked }),
      ...(this.#halted === undefined ? {} : { halted: this.#halted }),
      ...(this.apologised ? { apologised: true } : {}),
      ...(this.replies === undefined ? {} : { replies: this.replies }),
      ...(this.dispatch === undefined ? {} : { dispatch: this.dispatch }),
    };
    const dueAt = dueAtOf(document);
    return {
      document: dueAt === undefined ? document : { ...document, dueAt },
      messages: this.#messages,
      statuses: this.#statuses,
      activity: this.#activity,
    };
  }
}
