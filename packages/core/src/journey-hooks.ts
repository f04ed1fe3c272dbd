import type { ActorPatch, ActorProfile } from './actor.ts';
import type { SayOptions } from './bot-actions.ts';
import type { BotRequest } from './bot-events.ts';
import { type LocalisedText, spoken } from './localised-text.ts';

/** Why a journey has ended. */
export type JourneyEndReason =
  /** Its machine reached its final state. */
  | 'done'
  | 'expired'
  /** Another journey was started in its place. */
  | 'replaced'
  /** A plugin dealt with a text, an opt-out say, and ended it. */
  | 'claimed'
  /** Somebody has ended it by API. */
  | 'ended';

/** A journey as its hooks see it, and what they can do. What they ask for is committed with the turn. */
export interface JourneyStarted {
  readonly journey: string;
  readonly actor: ActorProfile;
  say(text: string | LocalisedText, options?: SayOptions): void;
  remember(patch: ActorPatch): void;
  track(name: string, data?: Readonly<Record<string, unknown>>): void;
}

/** A journey that has ended, as its hook sees it. */
export interface JourneyEnd extends JourneyStarted {
  readonly why: JourneyEndReason;
  /** What the machine gave out, when it is `done`. */
  readonly output?: unknown;
}

/** What a hook asks for, in order. */
export function requestsOf<Journey extends JourneyStarted>(
  hook: (journey: Journey) => void,
  journey: Omit<Journey, 'say' | 'remember' | 'track'>,
): readonly BotRequest[] {
  const requests: BotRequest[] = [];
  const acts: Pick<JourneyStarted, 'say' | 'remember' | 'track'> = {
    say: (text, { media = [], category = 'conversational', ...rest } = {}) =>
      void requests.push({ type: 'parley.say', ...spoken(text), media, category, ...rest }),
    remember: (patch) => void requests.push({ type: 'parley.remember', patch }),
    track: (name, data) => void requests.push({ type: 'parley.track', name, ...(data === undefined ? {} : { data }) }),
  };
  const answer: unknown = hook({ ...journey, ...acts } as unknown as Journey);
  // What it asks for later would be lost.
  if (answer instanceof Promise) throw new TypeError('A hook is part of the turn: it can not be async.');
  return requests;
}
