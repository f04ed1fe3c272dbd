import { type ActorProfile, anyText, type Bot, defineBot, remember, say, setupBot, track } from '@parley/core';
import { ask, capture, email, minutes, otp } from '@parley/dialogs';
import { assign } from 'xstate';
import type { Mailer } from './mail.ts';

const askEmail = capture({
  prompt: ({ problem, sorry }) =>
    `${problem === undefined ? 'This is Riverside Library.' : sorry} Which e-mail address is on your card?`,
  parse: email(),
});

interface Context {
  readonly actor: ActorProfile;
  readonly email: string;
}

/** Shows what somebody has borrowed, once they have shown that the e-mail address of the card is theirs. */
export function signIn(mail: Mailer, loansOf: (email: string) => readonly string[]): Bot {
  const verify = otp({
    types: { data: {} as { email: string } },
    validFor: minutes(10),
    secret: process.env.CODE_SECRET ?? '',
    send: ({ code, data, idempotencyKey, signal }) =>
      mail(
        {
          to: data.email,
          subject: 'Your code',
          text: `${code} is your code for Riverside Library. It is good for 10 minutes.`,
        },
        { idempotencyKey, signal },
      ),
    prompt: 'Which code is in your mail? It may take a minute; NEW sends another.',
  });

  const machine = setupBot({ types: { context: {} as Context } }).createMachine({
    context: ({ input }) => ({ actor: input.actor, email: '' }),
    initial: 'arriving',
    states: {
      arriving: {
        always: [
          {
            guard: ({ context: { actor } }) => typeof actor.attributes?.verifiedEmail === 'string',
            target: 'signedIn',
            actions: assign({ email: ({ context: { actor } }) => String(actor.attributes?.verifiedEmail) }),
          },
          { target: 'askingEmail' },
        ],
      },
      askingEmail: ask(askEmail, { bind: 'email', answered: 'verifying', noAnswer: 'over', gaveUp: 'givenUp' }),
      verifying: ask(verify, {
        input: ({ context: { actor, email } }) => ({ actor, data: { email } }),
        answered: {
          target: 'signedIn',
          actions: [remember(({ context }) => ({ attributes: { verifiedEmail: context.email } })), track('signed-in')],
        },
        noAnswer: { target: 'over', actions: say('The code is no longer good. Text me for another.') },
        gaveUp: 'givenUp',
      }),
      signedIn: {
        type: 'final',
        entry: say(({ context }) => {
          const loans = loansOf(context.email);
          return loans.length === 0 ? 'You have nothing of ours.' : `You have: ${loans.join('; ')}.`;
        }),
      },
      givenUp: { type: 'final', entry: say('That did not work. Please ask at the desk.') },
      over: { type: 'final' },
    },
  });
  return defineBot({ id: 'sign-in', machine, triggers: [anyText()] });
}
