import {
  type ActorProfile,
  anyText,
  type BotEvent,
  defineBot,
  type MessageReceived,
  remember,
  say,
  setupBot,
  track,
} from '@parley/core';
import { anything, choice, choices, firstOf, mapped, type Parser, type Problem, yesOrNo } from '@parley/dialogs';
import { and, assign } from 'xstate';
import { type Pizza, priceOf } from './prices.ts';

// What order.ts does, with XState alone: for comparison. What reads answers is the same.

type Answers = Pizza & { readonly address: string };
type Field = keyof Answers;
type Question = Field | 'review' | 'change';

interface Context {
  readonly actor: ActorProfile;
  readonly answers: Partial<Answers>;
  /** The way back. */
  readonly asked: readonly Field[];
  readonly changing: { readonly field: Field; readonly was: unknown } | undefined;
  readonly changes: number;
  readonly attempt: number;
  readonly reminded: boolean;
  readonly problem: Problem | undefined;
}

const change = choice(['size', 'toppings', 'address']);
const parsers = {
  size: choice({ small: [], large: ['big'] }),
  toppings: choices(['ham', 'mushrooms', 'olives', 'onions']),
  address: anything({ minLength: 5 }),
  review: firstOf(
    change,
    mapped(yesOrNo(), (yes) => (yes ? 'right' : 'wrong')),
  ),
  change,
} satisfies { readonly [Name in Question]: Parser<unknown> };

const prompts: { readonly [Name in Question]: string } = {
  size: 'Which size?\n1 small, $9\n2 large, $14',
  toppings: 'Which toppings, at $1 each? Several are fine, or NONE.\n1 ham\n2 mushrooms\n3 olives\n4 onions',
  address: 'Where shall we bring it?',
  review: 'Is that right? Reply YES, or what to change: size, toppings or address.',
  change: 'What shall I change?\n1 size\n2 toppings\n3 address',
};

function read<Name extends Question>(question: Name, { actor }: Context, { text, at }: MessageReceived) {
  const { locale = 'en-US', timeZone = 'America/New_York' } = actor;
  return parsers[question](text, { now: at, locale, timeZone, country: 'US' });
}

function answerIn(question: Question, context: Context, event: BotEvent): unknown {
  const parsed = event.type === 'message.received' ? read(question, context, event) : undefined;
  return parsed?.understood ? parsed.value : undefined;
}

/** What was wrong with the last answer: in other words each time, or the duplicate limiter refuses it. */
function sorry(question: Question, { attempt, problem }: Context): string {
  const second = attempt < 3;
  if (problem === undefined) return question === 'size' ? "Welcome to Luigi's! " : '';
  if (problem.code === 'asked-before') return 'All right. ';
  if (problem.code === 'said-before') return second ? 'Once more: ' : 'And again: ';
  if (question === 'size') return second ? 'We have two sizes. ' : 'Please answer with 1 or 2. ';
  if (problem.code === 'too-short') return second ? 'That is rather short. ' : 'A few more words, please. ';
  return second ? 'Sorry, I did not get that. ' : 'I still did not get that. ';
}

const pizzaIn = ({ size = 'small', toppings = [] }: Partial<Answers>): Pizza => ({ size, toppings });

function wordsOf(question: Question, context: Context): string {
  const { answers, attempt, problem } = context;
  const { size, toppings } = pizzaIn(answers);
  const words = `${sorry(question, context)}${prompts[question]}`;
  if (question !== 'review' || (attempt > 1 && problem?.code !== 'said-before')) return words;
  return `${sorry(question, context)}A ${size} pizza with ${toppings.join(', ') || 'no toppings'} to ${answers.address}, $${priceOf({ size, toppings })}.\n${prompts.review}`;
}

const isOneOf = (event: BotEvent, ...words: string[]) =>
  event.type === 'message.received' &&
  words.includes(
    event.text
      .toLowerCase()
      .replace(/[^a-z ]/g, '')
      .trim(),
  );

const anew = { attempt: 1, problem: { code: 'asked-before' }, changing: undefined };

const setup = setupBot({
  types: { context: {} as Context },
  delays: { reminder: 600_000, patience: 7_200_000 },
  guards: {
    leaves: ({ event }) => isOneOf(event, 'never mind', 'no pizza'),
    goesBack: ({ context, event }) => context.changes < 10 && isOneOf(event, 'back'),
    understood: ({ context, event }, question: Question) => answerIn(question, context, event) !== undefined,
    mayChange: ({ context, event }, question: Question) =>
      context.changes < 10 && answerIn(question, context, event) !== undefined,
    is: ({ context, event }, verdict: 'right' | 'wrong') => answerIn('review', context, event) === verdict,
    hasAttempts: ({ context }) => context.attempt < 3,
    wasSaidBefore: ({ event }) =>
      event.type === 'message.failed' && event.code === 'error.platform.message-limiter.duplicate-message-sent',
    wasReminded: ({ context }) => context.reminded,
  },
  actions: {
    keep: assign(({ context, event }, field: Field) => ({
      answers: { ...context.answers, [field]: answerIn(field, context, event) },
      asked: [...context.asked.filter((before) => before !== field), field],
      changing: undefined,
      attempt: 1,
      problem: undefined,
    })),
    change: assign(({ context: { answers, changes, ...context }, event }, question: Question) => {
      const field = answerIn(question, { answers, changes, ...context }, event) as Field;
      const { [field]: was, ...rest } = answers;
      return { ...anew, answers: rest, changing: { field, was }, changes: changes + 1 };
    }),
    back: assign(({ context: { answers, asked, changing, changes } }) => {
      const again = { ...anew, changes: changes + 1 };
      if (changing !== undefined) return { ...again, answers: { ...answers, [changing.field]: changing.was } };
      const before = asked.at(-1);
      if (before === undefined) return again;
      const { [before]: _, ...rest } = answers;
      return { ...again, answers: rest, asked: asked.slice(0, -1) };
    }),
    again: assign(({ context, event }, question: Question) => {
      const parsed = event.type === 'message.received' ? read(question, context, event) : undefined;
      const problem = parsed?.understood === false ? parsed.problem : { code: 'said-before' };
      return { attempt: context.attempt + 1, problem };
    }),
    afresh: assign({ attempt: 1, problem: undefined }),
    asked: assign({ reminded: false }),
    reminded: assign({ reminded: true }),
  },
});

interface Way {
  readonly guard: { type: 'understood' | 'mayChange'; params: Question } | { type: 'is'; params: 'right' | 'wrong' };
  readonly target: string;
  readonly actions?: { type: 'keep'; params: Field } | { type: 'change'; params: Question };
}

/** A state that asks, and where its answers lead. */
const asking = (question: Question, ...ways: readonly Way[]) =>
  setup.createStateConfig({
    entry: ['asked', say(({ context }) => wordsOf(question, context))],
    after: {
      reminder: { actions: ['reminded', say('Still hungry? Just answer when you are ready.')] },
      patience: { target: 'ended', actions: say('I will leave it at that. Text me whenever you are hungry!') },
    },
    on: {
      'message.received': [
        { guard: 'leaves', target: 'ended', actions: say('No pizza then. Text me whenever you are hungry!') },
        { guard: 'goesBack', target: 'next', actions: 'back' },
        ...ways,
        { guard: 'hasAttempts', target: question, reenter: true, actions: { type: 'again', params: question } },
        { target: 'ended', actions: say('I am sorry, I do not get it. Please call us at 415-555-0142.') },
      ],
      'message.failed': [
        { guard: and(['wasSaidBefore', 'wasReminded']) },
        {
          guard: and(['wasSaidBefore', 'hasAttempts']),
          target: question,
          reenter: true,
          actions: { type: 'again', params: question },
        },
        { target: 'ended' },
      ],
    },
  });

const keeping = (field: Field) =>
  asking(field, {
    guard: { type: 'understood', params: field },
    target: 'next',
    actions: { type: 'keep', params: field },
  });

const changing = (question: Question): Way => ({
  guard: { type: 'mayChange', params: question },
  target: 'next',
  actions: { type: 'change', params: question },
});

const machine = setup.createMachine({
  context: ({ input: { actor } }) => ({
    actor,
    answers: typeof actor.attributes?.address === 'string' ? { address: actor.attributes.address } : {},
    asked: [],
    changing: undefined,
    changes: 0,
    attempt: 1,
    reminded: false,
    problem: undefined,
  }),
  initial: 'next',
  states: {
    next: {
      always: [
        { guard: ({ context }) => context.answers.size === undefined, target: 'size' },
        { guard: ({ context }) => context.answers.toppings === undefined, target: 'toppings' },
        { guard: ({ context }) => context.answers.address === undefined, target: 'address' },
        { target: 'review', actions: 'afresh' },
      ],
    },
    size: keeping('size'),
    toppings: keeping('toppings'),
    address: keeping('address'),
    review: asking(
      'review',
      { guard: { type: 'is', params: 'right' }, target: 'ordered' },
      { guard: { type: 'is', params: 'wrong' }, target: 'change' },
      changing('review'),
    ),
    change: asking('change', changing('change')),
    ordered: {
      type: 'final',
      entry: [
        say(
          ({ context: { answers } }) =>
            `It is in the oven and with you in 40 minutes: $${priceOf(pizzaIn(answers))} at the door.`,
        ),
        remember(({ context }) => ({ attributes: { address: context.answers.address } })),
        track('ordered', ({ context }) => ({ ...context.answers })),
      ],
    },
    ended: { type: 'final' },
  },
});

export const pizzaByHand = defineBot({ id: 'pizza', machine, triggers: [anyText()] });
