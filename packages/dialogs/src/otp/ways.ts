import type { MessageReceived } from '@parley/core';
import { assign } from 'xstate';
import type { Problem } from '../parsers/parser.ts';
import { isOneOf } from '../question/commands.ts';
import { ending, type Saying, type Waiting, type Way } from '../question/waiting.ts';
import { digitsIn, isCode } from './code.ts';
import type { OtpOptions } from './options.ts';
import { codeStateIn } from './state.ts';

/** What asks for another code, unless set. */
export const RESEND_WORDS = ['new', 'new code', 'resend', 'again'];

interface Heard {
  readonly context: Waiting;
  readonly event: MessageReceived;
}

/** What a text may be that is no command: the code, a wish for another, or neither. */
export function codeWays(options: OtpOptions<unknown>, saying: Saying): readonly Way<MessageReceived>[] {
  const { attempts = 5, resends = 2, resendWords = RESEND_WORDS, secret = '' } = options;
  const asksForAnother = ({ event }: Heard) => isOneOf(event.text, resendWords);

  function problemOf({ context, event }: Heard): Problem {
    if (asksForAnother({ context, event })) return { code: 'no-more-codes' };
    return codeStateIn(context).isExpired
      ? { code: 'expired-code' }
      : { code: 'wrong-code', details: { left: attempts - context.attempt } };
  }

  return [
    {
      guard: ({ context, event }) => {
        const { kept, isExpired } = codeStateIn(context);
        return kept !== undefined && !isExpired && isCode(digitsIn(event.text), kept, secret);
      },
      target: 'answered',
      actions: ending(({ at }: MessageReceived) => ({ kind: 'answered', value: true, text: '', at })),
    },
    {
      guard: ({ context, event }) => codeStateIn(context).sent <= resends && asksForAnother({ context, event }),
      target: '#making',
    },
    {
      guard: ({ context }) => context.attempt < attempts,
      target: 'waiting',
      reenter: true,
      actions: [
        assign(({ context, event }: Heard) => ({
          attempt: context.attempt + 1,
          reminded: 0,
          problem: problemOf({ context, event }),
        })),
        saying(({ sorry }) => sorry),
      ],
    },
    {
      target: 'gaveUp',
      actions: ending((event: MessageReceived, context) => ({
        kind: 'gave-up',
        because: 'attempts',
        problem: problemOf({ context, event }),
      })),
    },
  ];
}
