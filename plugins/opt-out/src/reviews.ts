import type { App, MessageId, PluginContext } from '@parley/core';

/** A text that may be an opt-out, and that nobody has decided about. */
export interface UnsureText {
  readonly text: string;
  readonly at: number;
  readonly providerId: string;
}

/** One person of whom somebody has to say whether they have opted out. */
export interface Review {
  readonly person: string;
  /** The app that they were texting. */
  readonly app: string;
  /** When the first of the texts came, milliseconds since the epoch. */
  readonly since: number;
  /** The newest last; a few only. */
  readonly texts: readonly UnsureText[];
  /** When the person was asked, and with which message. */
  readonly asked?: { readonly at: number; readonly message: MessageId };
}

/** So many texts of a person are kept for whoever decides. */
const MOST_TEXTS = 5;

/** A review that nobody has decided about. The person was asked once in this time at most. */
const ASK_AGAIN_AFTER = 24 * 3_600_000;

/**
 * A text that comes later than this after the question is an answer to it; one that comes sooner was written before the question
 * was read.
 */
const ANSWERED_AFTER = 30_000;

/** Texts of people that somebody has to look at, one entry a person. */
export interface Reviews {
  /** Adds a text. Resolves, once it is durable, to the entry, and to whether the person is to be asked now. */
  add(
    person: string,
    app: Pick<App, 'id'>,
    text: UnsureText,
    question: MessageId | undefined,
  ): Promise<{ readonly review: Review; readonly ask: boolean }>;
  get(person: string): Promise<Review | undefined>;
  /** Somebody has decided. */
  close(person: string): Promise<void>;
  /** Every entry, oldest first. Reads all that the plugin keeps. */
  list(): Promise<readonly Review[]>;
}

export function createReviews({ keyv }: Pick<PluginContext, 'keyv'>): Reviews {
  const get = (person: string) => keyv.get<Review>(reviewKey(person));
  return {
    get,

    async add(person, { id }, text, question) {
      const before = await get(person);
      const same = before?.texts.find(({ providerId }) => providerId === text.providerId);
      // The provider calls again: what was to be done then is to be done now.
      if (before !== undefined && same !== undefined) return { review: before, ask: before.asked?.at === same.at };
      const asked = before?.asked;
      const ask = question !== undefined && (asked === undefined || asked.at + ASK_AGAIN_AFTER <= text.at);
      const review: Review = {
        person,
        app: id,
        since: before?.since ?? text.at,
        texts: [...(before?.texts ?? []), text].slice(-MOST_TEXTS),
        ...(ask ? { asked: { at: text.at, message: question } } : asked === undefined ? {} : { asked }),
      };
      await keyv.set(reviewKey(person), review);
      return { review, ask };
    },

    async close(person) {
      await keyv.delete(reviewKey(person));
    },

    async list() {
      const found: Review[] = [];
      if (keyv.iterator === undefined) return found;
      for await (const [key, value] of keyv.iterator(undefined) as AsyncIterable<[string, Review]>) {
        if (key.startsWith(reviewKey(''))) found.push(value);
      }
      return found.sort((one, other) => one.since - other.since);
    },
  };
}

export function reviewKey(person: string): string {
  return `review ${person}`;
}

/**
 * Whether a person has been asked and has gone on talking, which is an answer: the last text that was taken in is none of those that are
 * looked at.
 *
 * @param heardAt when it was taken in.
 */
export function hasGoneOn({ asked, texts }: Review, heardAt: number | undefined): boolean {
  if (asked === undefined || heardAt === undefined) return false;
  return heardAt > Math.max(asked.at, texts.at(-1)?.at ?? 0) + ANSWERED_AFTER;
}
