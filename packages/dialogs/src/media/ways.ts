import type { BotEvent, MessageReceived } from '@parley/core';
import { assign } from 'xstate';
import type { Again } from '../question/again.ts';
import { ending, type Waiting, type Way } from '../question/waiting.ts';
import { type Collected, collectedIn, type Requirements, type Sorted, sorted } from './sorting.ts';

/** What to do with what came. */
export function mediaWays(requirements: Requirements, again: Again): readonly Way<MessageReceived>[] {
  const sort = (event: MessageReceived, context: Waiting): Sorted => sorted(context, event, requirements);
  return [
    {
      guard: ({ context, event }) => sort(event, context).isEnough,
      target: 'answered',
      actions: ending((event: MessageReceived, context) => {
        const { text, at } = event;
        return { kind: 'answered', value: sort(event, context).media, text, at };
      }),
    },
    {
      guard: ({ context, event }) => sort(event, context).isMore,
      target: 'receiving',
      reenter: true,
      actions: assign(({ context, event }) => {
        const { media, problem } = sort(event, context);
        const more: Collected = { media, at: event.at };
        return { more, problem, reminded: 0 };
      }),
    },
    ...again<MessageReceived>((event, context) => sort(event, context).problem),
    {
      target: 'gaveUp',
      actions: ending((event: MessageReceived, context) => {
        const { problem } = sort(event, context);
        return { kind: 'gave-up', because: 'attempts', ...(problem === undefined ? {} : { problem }) };
      }),
    },
  ];
}

/** Nothing more comes: who has sent enough is done. */
export function doneInSilence({ min }: Requirements): Way<BotEvent> {
  return {
    guard: ({ context }) => collectedIn(context).media.length >= min,
    target: 'answered',
    actions: ending((_, context) => {
      const { media, at } = collectedIn(context);
      return { kind: 'answered', value: media, text: '', at };
    }),
  };
}
