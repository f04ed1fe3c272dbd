import { type ActorProfile, anyText, type BotInput, defineBot, remember, say, setupBot, track } from '@parley/core';
import { anything, ask, capture, days, number } from '@parley/dialogs';
import { assign } from 'xstate';
import { texts } from './texts.ts';

/** Names this round of questions: whoever has answered it is not asked again. */
const ROUND = 'visits-2026';

const WORST = 1;
const BEST = 5;
/** From this score on people are asked what they liked. */
const GOOD = 4;

const readScore = number({ min: WORST, max: BEST, integer: true });

/** Nobody is reminded: a survey is a favour. */
const quietly = { reminders: [], patience: days(1) };

const score = capture({ ...quietly, prompt: texts('score'), parse: readScore, problems: () => texts('unclear') });

const comment = capture({
  ...quietly,
  types: { data: {} as { score: number } },
  prompt: ({ data, problem }) => {
    if (problem !== undefined) return texts('long');
    return texts(data.score < GOOD ? 'improve' : 'praise', data);
  },
  parse: anything({ maxLength: 600 }),
  commands: { leave: ['no', 'no thanks', 'no gracias', 'nothing', 'nada'] },
});

interface Context {
  readonly actor: ActorProfile;
  readonly score: number;
}

const machine = setupBot({ types: { context: {} as Context } }).createMachine({
  context: ({ input }) => ({ actor: input.actor, score: scoreIn(input) ?? 0 }),
  // For parley check, which walks through all states: some people have answered before.
  meta: { parleySamples: { actors: [{ firstName: 'Ann' }, { attributes: { survey: ROUND } }] } },
  initial: 'beginning',
  states: {
    beginning: {
      always: [
        { guard: ({ context }) => context.actor.attributes?.survey === ROUND, target: 'answeredBefore' },
        { guard: ({ context }) => context.score >= WORST, target: 'commenting' },
        { target: 'scoring' },
      ],
    },
    scoring: ask(score, {
      answered: { target: 'commenting', actions: assign({ score: ({ event }) => event.output.value }) },
      noAnswer: 'ended',
      gaveUp: 'ended',
    }),
    commenting: {
      entry: [
        track('scored', ({ context }) => ({ score: context.score })),
        remember({ attributes: { survey: ROUND } }),
      ],
      initial: 'asking',
      states: {
        asking: ask(comment, {
          input: ({ context: { actor, score } }) => ({ actor, data: { score } }),
          answered: {
            target: '#thanking',
            actions: track('commented', ({ event }) => ({ comment: event.output.value })),
          },
          noAnswer: '#ended',
          gaveUp: [
            { guard: ({ event }) => event.output.because === 'undeliverable', target: '#ended' },
            { target: '#thanking' },
          ],
        }),
      },
    },
    thanking: {
      id: 'thanking',
      entry: say(texts('thanks', ({ context }) => ({ name: context.actor.firstName ?? 'unknown' }))),
      type: 'final',
    },
    answeredBefore: { entry: say(texts('already')), type: 'final' },
    ended: { id: 'ended', type: 'final' },
  },
});

/** The score, where the text that began it is one: the answer to the invitation. */
function scoreIn({ actor, message }: BotInput): number | undefined {
  if (message === undefined) return undefined;
  const { locale = 'en-US', timeZone = 'America/New_York' } = actor;
  const read = readScore(message.text, { now: message.at, locale, timeZone, country: 'US' });
  return read.understood ? read.value : undefined;
}

export const survey = defineBot({ id: 'survey', machine, triggers: [anyText()] });
