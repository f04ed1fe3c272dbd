import { codeOf, setupBot } from '@parley/core';
import { assign } from 'xstate';
import type { Dialog, DialogInput } from '../dialog.ts';
import { minutes } from '../durations.ts';
import { requireOptions } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { wasSaidBefore } from '../question/again.ts';
import { commandWays } from '../question/commands.ts';
import { sampledWith } from '../question/samples.ts';
import { silenceOf } from '../question/silence.ts';
import { atFirst, ending, sayingWith, type Waiting } from '../question/waiting.ts';
import { askingOnReturn, makingTask, onMade, sampleCode } from './making.ts';
import type { OtpOptions } from './options.ts';
import { codeStateIn, noCode } from './state.ts';
import { codeWays, RESEND_WORDS } from './ways.ts';

/**
 * Sends a code that is good once and for a short while, and asks for it. It is answered with `true` by whoever has the code; the `text` of the
 * outcome is empty, so that the code goes no further.
 *
 * A task draws the code. What the conversation keeps of it is a hash, compared in constant time. A code that is texted here stands
 * in the message log as any text does, which `confidential` of `defineApp` keeps from being shown.
 *
 * ```ts
 * const verify = otp({
 *   prompt: 'We have sent a code to your e-mail address. Which is it?',
 *   send: ({ code, actor, signal }) => mail.send(actor?.email, `${code} is your code.`, { signal }),
 * });
 * ```
 *
 * @throws `error.platform.config.malformed`
 */
export function otp<Data = unknown>(options: OtpOptions<Data> = {}): Dialog<true, DialogInput<Data>> {
  requireOptions('otp', options);
  return machineOf(options as unknown as OtpOptions<unknown>) as unknown as Dialog<true, DialogInput<Data>>;
}

function machineOf(options: OtpOptions<unknown>) {
  const { id = 'otp', validFor = minutes(10), commands = {}, problems, reminders = [] } = options;
  const saying = sayingWith(problems);
  const silence = silenceOf({ patience: 3 * validFor, ...options, reminders }, '', saying);
  const sample = sampleCode(options);
  const [resendWord = ''] = options.resendWords ?? RESEND_WORDS;
  return setupBot({
    types: { context: {} as Waiting, input: {} as DialogInput, output: {} as Outcome<true> },
    actors: { make: makingTask(options) },
    delays: { silence: ({ context }) => silence.wait(context), expiry: validFor },
  }).createMachine({
    id,
    context: ({ input }) => atFirst({ ...input, more: noCode }),
    initial: 'making',
    states: {
      making: {
        id: 'making',
        meta: { parleySamples: { tasks: { make: [sample.made] } } },
        on: {
          'message.received': { actions: [assign({ problem: { code: 'code-coming' } }), saying(({ sorry }) => sorry)] },
        },
        invoke: {
          src: 'make',
          input: ({ context: { actor, data } }) => ({ actor, data }),
          onDone: onMade(options, saying),
          onError: {
            target: 'done',
            actions: assign({
              outcome: ({ event }) => ({ kind: 'gave-up', because: 'undeliverable', code: codeOf(event.error) }),
            }),
          },
        },
      },
      asking: {
        initial: 'waiting',
        // Of this state, so that nothing that is texted makes a code last longer.
        after: {
          expiry: { actions: assign({ more: ({ context }) => ({ ...codeStateIn(context), isExpired: true }) }) },
        },
        states: {
          waiting: {
            meta: sampledWith([sample.code, resendWord], commands),
            on: {
              'message.received': [...commandWays(commands, saying), ...codeWays(options, saying)],
              'message.failed': [
                { guard: ({ event }) => wasSaidBefore(event) },
                {
                  target: 'gaveUp',
                  actions: ending(({ code }) => ({ kind: 'gave-up', because: 'undeliverable', code })),
                },
              ],
              'conversation.resumed': { target: 'waiting', reenter: true, actions: askingOnReturn(options, saying) },
            },
            after: { silence: [...silence.reminding, silence.givingUp] },
          },
          answered: { type: 'final' },
          noAnswer: { type: 'final' },
          gaveUp: { type: 'final' },
        },
        onDone: 'done',
      },
      done: { type: 'final' },
    },
    output: ({ context }) => context.outcome as Outcome<true>,
  });
}
