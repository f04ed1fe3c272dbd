import type { BotEvent, MessageFailed } from '@parley/core';
import { assign } from 'xstate';
import type { Problem } from '../parsers/parser.ts';
import { isIncomplete } from '../sorry.ts';
import { isList, joined, type Phrase, phraseFor, type Words } from '../words.ts';
import { ending, type Saying, type Waiting, type Way } from './waiting.ts';

/** Ways to ask again in other words, one for each attempt that is left. */
export type Again = <Event extends BotEvent>(
  problemOf: (event: Event, context: Waiting) => Problem | undefined,
  when?: (event: Event) => boolean,
) => readonly Way<Event>[];

export function askingAgain(prompt: Words, attempts: number, saying: Saying): Again {
  return <Event extends BotEvent>(
    problemOf: (event: Event, context: Waiting) => Problem | undefined,
    when: (event: Event) => boolean = () => true,
  ) =>
    Array.from({ length: attempts - 1 }, (_, index): Way<Event> => {
      const attempt = index + 2;
      return {
        guard: ({ context, event }) => context.attempt === attempt - 1 && when(event),
        target: 'waiting',
        reenter: true,
        actions: [
          assign(({ context, event }) => ({
            attempt,
            reminded: 0,
            problem: problemOf(event, context),
            heard: event.type === 'message.received' ? event.text : context.heard,
          })),
          saying<Event>(promptAgain(prompt, attempt)),
        ],
      };
    });
}

/** As many times as there are prompts if they are a list. */
export function attemptsFor(prompt: Words): number {
  return isList(prompt) && prompt.length > 1 ? prompt.length : 3;
}

/** A prompt of a list says itself what was wrong, and a function is told. */
function promptAgain(prompt: Words, attempt: number): Phrase {
  const phrase = phraseFor(prompt, attempt);
  if (isList(prompt) || typeof phrase === 'function') return phrase;
  return ({ sorry, problem }) => (isIncomplete(problem) ? sorry : joined(sorry, phrase));
}

/** What the duplicate limiter refuses a text with that was said a short time ago. */
const SAID_BEFORE = 'error.platform.message-limiter.duplicate-message-sent';

/** Whether a text was refused only because the same was said a short time ago. */
export function wasSaidBefore({ code }: MessageFailed): boolean {
  return code === SAID_BEFORE;
}

/**
 * What did not get through only because it was said before is said in other words; a reminder need not come twice. Otherwise it is no use to
 * go on.
 */
export function failureWays(again: Again): readonly Way<MessageFailed>[] {
  return [
    { guard: ({ context, event }) => wasSaidBefore(event) && context.reminded > 0 },
    ...again<MessageFailed>(() => ({ code: 'said-before' }), wasSaidBefore),
    {
      target: 'gaveUp',
      actions: ending<MessageFailed>(({ code }) => ({ kind: 'gave-up', because: 'undeliverable', code })),
    },
  ];
}
