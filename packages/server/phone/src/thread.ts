import { isAhead } from './status.ts';
import type { PhoneMessage, Picture } from './types.ts';

/** One bubble of a thread. A thread is a list of them, oldest first; the functions here never change one in place. */
export interface Bubble {
  /** Stays the same from the moment it is typed, before anybody has given it an id. */
  readonly key: string;
  readonly id?: string;
  /** `mine`: the phone sent it. */
  readonly side: 'mine' | 'theirs';
  readonly text: string;
  readonly media: readonly Picture[];
  readonly at: number;
  /** The server's word, or the page's own: `posting`, `unsent` (never reached the server), `refused` (by the webhook). */
  readonly status: string;
  readonly code?: string;
  readonly reason?: string;
}

export type Thread = readonly Bubble[];

const UNANSWERED = new Set(['posting', 'refused']);

/** Adds what was just typed, before the server knows of it. */
export function typed(thread: Thread, draft: Pick<Bubble, 'key' | 'text' | 'media' | 'at'>): Thread {
  return [...thread, { ...draft, side: 'mine', status: 'posting' }];
}

/** Takes in what the server tells of a message, new or known. */
export function told(thread: Thread, message: PhoneMessage): Thread {
  const known = thread.find(({ id }) => id === message.id) ?? typedAs(thread, message);
  if (known === undefined) return inOrder([...thread, bubbleOf(message)]);
  return inOrder(thread.map((bubble) => (bubble === known ? advanced(bubble, message) : bubble)));
}

/** The server has taken a typed text, and its webhook answered. */
export function answered(
  thread: Thread,
  key: string,
  answer: { readonly id: string; readonly answered: number },
): Thread {
  const fine = answer.answered >= 200 && answer.answered < 300;
  return thread
    .filter((bubble) => bubble.key === key || bubble.id !== answer.id)
    .map((bubble) => {
      if (bubble.key !== key) return bubble;
      if (fine) return { ...bubble, id: answer.id, status: bubble.status === 'posting' ? 'received' : bubble.status };
      return { ...bubble, id: answer.id, status: 'refused', ...refusal(answer.answered) };
    });
}

/** A typed text did not get to the server. */
export function unsent(thread: Thread, key: string, reason: string): Thread {
  return thread.map((bubble) => (bubble.key === key ? { ...bubble, status: 'unsent', reason } : bubble));
}

/** Takes a text back that did not get to the server. */
export function withdrawn(thread: Thread, key: string): Thread {
  return thread.filter((bubble) => bubble.key !== key);
}

/** Brings a thread up to what the server has; what it does not have (typed a moment ago) stays. */
export function caughtUp(thread: Thread, messages: readonly PhoneMessage[]): Thread {
  return messages.reduce(told, thread);
}

function refusal(status: number): Pick<Bubble, 'code' | 'reason'> {
  if (status === 0) return { code: 'no answer', reason: 'The webhook did not answer' };
  return { code: String(status), reason: `The webhook answered ${status}` };
}

/** The news of a text can be here before the answer to the request that posted it. */
function typedAs(thread: Thread, message: PhoneMessage): Bubble | undefined {
  if (message.direction !== 'inbound') return undefined;
  return thread.find(
    (bubble) =>
      bubble.id === undefined &&
      bubble.status === 'posting' &&
      bubble.text === message.text &&
      bubble.media.length === message.media.length,
  );
}

function advanced(bubble: Bubble, message: PhoneMessage): Bubble {
  // Pictures that were just attached are shown from memory; loading them again would make them flicker.
  const media = bubble.media.length > 0 ? bubble.media : message.media;
  const base = { ...bubble, id: message.id, text: message.text, media, at: message.at };
  // Whether a text was taken in is what the answer to the request that posted it says.
  if (UNANSWERED.has(bubble.status) || !isAhead(message.status, bubble.status)) return base;
  const { code: _code, reason: _reason, ...rest } = base;
  return { ...rest, status: message.status, ...troubleOf(message) };
}

function bubbleOf(message: PhoneMessage): Bubble {
  return {
    key: message.id,
    id: message.id,
    side: message.direction === 'inbound' ? 'mine' : 'theirs',
    text: message.text,
    media: message.media,
    at: message.at,
    status: message.status,
    ...troubleOf(message),
  };
}

function troubleOf({ code, reason }: PhoneMessage): Pick<Bubble, 'code' | 'reason'> {
  return { ...(code === undefined ? {} : { code }), ...(reason === undefined ? {} : { reason }) };
}

function inOrder(thread: Thread): Thread {
  return thread.toSorted((a, b) => a.at - b.at);
}
