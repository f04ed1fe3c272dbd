import type { ActorProfile, Media } from '@parley/core';
import type { AnyEventObject } from 'xstate';
import { UNKNOWN_TEXT } from '../words.ts';

/** Something that can come to a bot. */
export type Happening =
  /** The journey begins: with a text, or by the API with data. */
  | {
      readonly kind: 'start';
      readonly actor: ActorProfile;
      readonly text?: string;
      readonly data?: unknown;
      /** The whole input of a machine that is no bot. */
      readonly input?: unknown;
    }
  | { readonly kind: 'text'; readonly text: string; readonly media?: readonly Media[] }
  /** Nobody says anything until the next timer rings. */
  | { readonly kind: 'silence'; readonly milliseconds: number }
  /** @property isGuess Nobody has said what the task comes to. */
  | { readonly kind: 'task.done'; readonly task: string; readonly output: unknown; readonly isGuess?: true }
  | { readonly kind: 'task.failed'; readonly task: string }
  | { readonly kind: 'message.delivered' }
  | { readonly kind: 'message.failed'; readonly code: string }
  /** People give the conversation back. */
  | { readonly kind: 'resumed' }
  | { readonly kind: 'event'; readonly event: AnyEventObject };

/** A happening in a few words. */
export function describeHappening(happening: Happening): string {
  switch (happening.kind) {
    case 'start':
      return happening.text === undefined ? 'it is started' : `“${happening.text}”`;
    case 'text':
      return textInWords(happening.text, happening.media ?? []);
    case 'silence':
      return `${timeInWords(happening.milliseconds)} of silence`;
    case 'task.done':
      return `${happening.task} succeeds`;
    case 'task.failed':
      return `${happening.task} fails`;
    case 'message.delivered':
      return 'the text is delivered';
    case 'message.failed':
      return `the text fails with ${happening.code}`;
    case 'resumed':
      return 'people give it back';
    case 'event':
      return happening.event.type;
  }
}

function textInWords(text: string, media: readonly Media[]): string {
  const words = text === UNKNOWN_TEXT ? 'something unexpected' : `“${text}”`;
  return media.length === 0 ? words : `${words} with ${media.length === 1 ? 'a picture' : `${media.length} pictures`}`;
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** `10 minutes`; to the nearest of the largest unit that it has, with halves and the like. */
export function timeInWords(milliseconds: number): string {
  const [name, length] = UNITS.find(([, unit]) => milliseconds >= unit) ?? ['millisecond', 1];
  const count = Math.round((milliseconds / length) * 10) / 10;
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
