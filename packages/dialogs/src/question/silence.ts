import type { BotEvent } from '@parley/core';
import { assign } from 'xstate';
import { days, minutes } from '../durations.ts';
import { joined, type Phrase, phraseFor, type Words } from '../words.ts';
import { ending, type Saying, type Waiting, type Way } from './waiting.ts';

/** What a dialog does about silence. All times in milliseconds, counted from when it asked last. */
export interface SilenceOptions<Data = unknown> {
  /** What to say when no answer comes, and when. Default: `Are you still there?` and the prompt, after 10 minutes. */
  readonly reminders?: readonly Reminder<Data>[];
  /**
   * When to give it up. Default: after 24 hours. A text is often answered hours later; and a day later is the time of day at which
   * they were texting, not the middle of the night.
   */
  readonly patience?: number;
}

export interface Reminder<Data = unknown> {
  /** How long after it was asked last. */
  readonly after: number;
  readonly words: Phrase<Data>;
}

/** What there is to do while no answer comes. */
export interface Silence {
  /** How long to wait for the next of it. */
  readonly wait: (context: Waiting) => number;
  readonly reminding: readonly Way<BotEvent>[];
  readonly givingUp: Way<BotEvent>;
}

/** A day, in milliseconds. */
export const patienceUnlessSet = days(1);

export function silenceOf(options: SilenceOptions, prompt: Words, saying: Saying): Silence {
  const { patience = patienceUnlessSet } = options;
  const reminders = options.reminders ?? defaultReminders(prompt).filter(({ after }) => after < patience);
  const moments = [0, ...reminders.map(({ after }) => after), patience];
  return {
    wait: ({ reminded }) => (moments[reminded + 1] ?? patience) - (moments[reminded] ?? 0),
    reminding: reminders.map(
      ({ words }, index): Way<BotEvent> => ({
        guard: ({ context }) => context.reminded === index,
        target: 'waiting',
        reenter: true,
        actions: [assign({ reminded: index + 1 }), saying(words)],
      }),
    ),
    givingUp: { target: 'noAnswer', actions: ending(() => ({ kind: 'no-answer' })) },
  };
}

function defaultReminders(prompt: Words): readonly Reminder[] {
  const words = 'Are you still there?';
  const phrase = phraseFor(prompt, 1);
  return [
    {
      after: minutes(10),
      words: typeof phrase === 'function' ? (wording) => joined(words, phrase(wording)) : joined(words, phrase),
    } satisfies { after: number; words: Phrase },
  ];
}
