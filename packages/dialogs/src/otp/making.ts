import { type BotEvent, type ConversationResumed, fromTask, say, type TaskArguments } from '@parley/core';
import { assign, type DoneActorEvent } from 'xstate';
import { minutes } from '../durations.ts';
import type { Saying, Waiting } from '../question/waiting.ts';
import { RESUMED } from '../sorry.ts';
import { joined, type Phrase, phraseFor, type Words } from '../words.ts';
import { type Kept, keptOf, newCode } from './code.ts';
import type { OtpOptions } from './options.ts';
import { type CodeState, codeStateIn } from './state.ts';

/** What the task gives: the code only if it is to be texted here. */
export type Made = Kept & { readonly code?: string };

/** Draws a code, and sends it if it goes another way than by a text here. */
export function makingTask({ digits = 6, secret = '', send, task }: OtpOptions<unknown>) {
  return fromTask(
    async ({ input, idempotencyKey, signal }: TaskArguments<Pick<Waiting, 'actor' | 'data'>>): Promise<Made> => {
      const { code, ...kept } = newCode(digits, secret);
      if (send === undefined) return { code, ...kept };
      await send({ code, ...input, idempotencyKey, signal });
      return kept;
    },
    send === undefined ? {} : { attempts: 3, ...task },
  );
}

/** A code for walks through the machine, and what the task gives for it, with a salt that is never drawn. */
export function sampleCode({ digits = 6, secret = '', send }: OtpOptions<unknown>): {
  readonly code: string;
  readonly made: Made;
} {
  const code = '1234567890'.slice(0, digits);
  return { code, made: { ...keptOf(code, 'sample', secret), ...(send === undefined ? { code } : {}) } };
}

/** What to do once there is a code: keep what is to be kept of it, and ask for it. */
export function onMade(options: OtpOptions<unknown>, saying: Saying) {
  const keep = assign<Waiting, DoneActorEvent<Made>, undefined, BotEvent, never>(({ context, event }) => {
    const { sent } = codeStateIn(context);
    const { salt, hash } = event.output;
    const more: CodeState = { kept: { salt, hash }, isExpired: false, sent: sent + 1 };
    return { more, reminded: 0, problem: sent === 0 ? undefined : { code: 'another-code' } };
  });
  if (options.send === undefined) return [{ target: 'asking', actions: [keep, textingCode(options)] }];
  const first = phraseFor(options.prompt, 1);
  return [
    {
      guard: ({ context }: { readonly context: Waiting }) => codeStateIn(context).sent === 0,
      target: 'asking',
      actions: [keep, saying<DoneActorEvent<Made>>(first)],
    },
    { target: 'asking', actions: [keep, saying<DoneActorEvent<Made>>(askedAnew(options.prompt))] },
  ];
}

/** Asks again when people give the conversation back. A code that was texted here is not texted twice. */
export function askingOnReturn({ send, prompt }: OtpOptions<unknown>, saying: Saying) {
  const code = send === undefined ? 'code-awaited' : RESUMED;
  return [
    assign<Waiting, ConversationResumed, undefined, BotEvent, never>({ reminded: 0, problem: { code } }),
    saying<ConversationResumed>(send === undefined ? ({ sorry }) => sorry : askedAnew(prompt)),
  ];
}

function textingCode({ text, validFor = minutes(10) }: OtpOptions<unknown>) {
  const inMinutes = Math.round(validFor / minutes(1));
  return say<Waiting, DoneActorEvent<Made>, undefined, BotEvent>(({ context: { actor, data }, event }) => {
    const { code = '' } = event.output;
    return text?.({ code, actor, data }) ?? `${code} is your code. It is valid for ${inMinutes} minutes.`;
  });
}

function askedAnew(prompt: Words): Phrase {
  const phrase = phraseFor(prompt, 1);
  return typeof phrase === 'function' ? phrase : ({ sorry }) => joined(sorry, phrase);
}
