import type { ActivityRecord, App, MessageRecord } from '@parley/core';
import type { Chain } from './chains.ts';
import { type History, inOrder } from './history.ts';
import type { Journal } from './journal.ts';
import type { RecordedInput, RecordedStart } from './recording.ts';

/** How long after a text was received a turn may have begun with it, in milliseconds: plugins are asked ahead of it. */
const TAKING_IN = 10_000;

/** A text that a machine was told. */
export type HeardText = Extract<RecordedInput, { kind: 'text' }>;

/** The texts of the person that concern a journey. */
export class Texts {
  readonly #inbound: readonly MessageRecord[];
  readonly #chain: Chain;
  readonly #history: History;
  readonly #until: number;
  readonly #told = new Set<string>();
  /** The text that the journey began with; of several that were gathered the first. */
  readonly first: MessageRecord | undefined;

  constructor(
    chain: Chain,
    next: Chain | undefined,
    history: History,
    { until, gather }: { readonly until: number; readonly gather: App['debounce'] },
  ) {
    const inbound = history.messages.filter(({ direction }) => direction === 'inbound');
    this.#chain = chain;
    this.#history = history;
    this.#until = until;
    const before = inbound.filter(({ at }) => at <= chain.started.at);
    const since = chain.started.at - (gather?.atMost ?? 0) - (gather === undefined ? 0 : TAKING_IN);
    const gathered = before.filter(({ at }) => gather !== undefined && at >= since);
    this.first = gathered[0] ?? before.at(-1);
    const another = textThatBegan(next, inbound);
    this.#inbound = inbound.filter((message) => message !== another);
  }

  get isFirst(): boolean {
    const earlier = this.#history.messages.find(({ direction }) => direction === 'inbound');
    return earlier === undefined || earlier === this.first;
  }

  /**
   * The id of the message that a machine was told as this text; each is told once.
   *
   * @param step the id of the step in which it was told.
   */
  idOf({ text, heardAt }: Pick<HeardText, 'text' | 'heardAt'>, step: string): string | undefined {
    const then = this.#inbound.filter(({ at, id }) => at === heardAt && id < step && !this.#told.has(id));
    // What was gathered is told as another text, at the moment of the first.
    const { id } = then.findLast((message) => message.text === text) ?? then[0] ?? {};
    if (id !== undefined) this.#told.add(id);
    return id;
  }

  /** Those that the machine was told, and those that it could not take in when they came. */
  fromJournal({ texts }: Journal, own: readonly ActivityRecord[], start: RecordedStart): readonly HeardText[] {
    const ids = own.flatMap(({ kind, at }) =>
      kind === 'parked' ? [this.#inbound.findLast((text) => text.at <= at)?.id] : [],
    );
    const parked = new Set<string | undefined>(ids);
    // Some bots are told the text that they began with once more, as an event.
    const later = texts.filter((text, index) => index > 0 || !isStart(text, start));
    const told = later.map((text): HeardText => ({ ...text, kind: 'text', id: this.idOf(text, text.id) ?? text.id }));
    // What was parked is told once more when somebody tries again: then it is taken in again here, too.
    const atOnce = told.filter(({ id, at, heardAt }) => !(parked.has(id) && at > heardAt));
    const late = new Set(told.filter((text) => !atOnce.includes(text)).map(({ id }) => id));
    const untold = this.#within().filter(({ id }) => parked.has(id) && (late.has(id) || !this.#told.has(id)));
    return [...atOnce, ...untold.map(asInput)].sort(inOrder);
  }

  /** All but what a plugin has claimed. */
  fromLog(start: RecordedStart): readonly HeardText[] {
    const isLater = (message: MessageRecord) => start.kind !== 'text' || inOrder(message, start) > 0;
    return this.#within()
      .filter((message) => isLater(message) && !this.#isClaimed(message))
      .map(asInput);
  }

  #within(): readonly MessageRecord[] {
    const from = this.first?.at ?? this.#chain.started.at;
    return this.#inbound.filter(({ at }) => at >= Math.min(from, this.#chain.started.at) && at <= this.#until);
  }

  /** Whether a plugin has answered it, or ended the journey by it. */
  #isClaimed({ at, id }: MessageRecord): boolean {
    const { ended } = this.#chain;
    const next = this.#inbound.find((other) => inOrder(other, { at, id }) > 0);
    const isLast = next === undefined || next.at > this.#until;
    if (ended?.name === 'claimed' && isLast) return true;
    return this.#history.messages.some(
      (message) =>
        message.origin.kind === 'plugin' &&
        inOrder(message, { at, id }) > 0 &&
        message.at - at < TAKING_IN &&
        (next === undefined || inOrder(message, next) < 0),
    );
  }
}

/** The text that another journey began with; one that was parked and taken in again later was this one's, too. */
function textThatBegan(chain: Chain | undefined, inbound: readonly MessageRecord[]): MessageRecord | undefined {
  if (chain?.started.name !== 'text') return undefined;
  const { at: began } = chain.started;
  return inbound.findLast(({ at }) => at <= began && began - at < TAKING_IN);
}

function isStart({ text, heardAt, at }: Journal['texts'][number], start: RecordedStart): boolean {
  return start.kind === 'text' && start.text === text && start.heardAt === heardAt && start.at === at;
}

function asInput({ at, id, text, media }: MessageRecord): HeardText {
  return { kind: 'text', at, id, text, media, heardAt: at };
}
