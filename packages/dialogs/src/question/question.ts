import { type MessageReceived, setupBot } from '@parley/core';
import type { Dialog, DialogInput } from '../dialog.ts';
import type { Outcome } from '../outcome.ts';
import type { Parsed, Problem } from '../parsers/parser.ts';
import { askingAgain, attemptsFor, failureWays } from './again.ts';
import { commandWays } from './commands.ts';
import { openings } from './opening.ts';
import type { QuestionOptions } from './options.ts';
import { resumptions } from './resuming.ts';
import { sampledWith } from './samples.ts';
import { silenceOf } from './silence.ts';
import { atFirst, ending, sayingWith, type Waiting, type Way } from './waiting.ts';

/** A question, and how its answers are read. */
export interface Question extends QuestionOptions<unknown> {
  readonly id: string;
  /** What a text means. Pure: it is asked more than once about the same text. */
  readonly read: (event: MessageReceived, context: Waiting) => Parsed<unknown>;
  /** Answers that are understood, for walks through the machine. */
  readonly examples: readonly string[];
}

/** Asks until there is an answer, or there will be none. */
export function question(options: Question): Dialog<unknown> {
  const { id, prompt, media = [], attempts = attemptsFor(prompt), problems, commands = {}, read, examples } = options;
  const saying = sayingWith(problems);
  const again = askingAgain(prompt, attempts, saying);
  const silence = silenceOf(options, prompt, saying);
  const machine = setupBot({
    types: { context: {} as Waiting, input: {} as DialogInput, output: {} as Outcome<unknown> },
    delays: { silence: ({ context }) => silence.wait(context) },
  }).createMachine({
    id,
    context: ({ input }) => atFirst(input),
    initial: 'opening',
    states: {
      opening: { always: openings(prompt, media, saying) },
      waiting: {
        meta: sampledWith(examples, commands),
        on: {
          'message.received': [
            ...commandWays(commands, saying),
            ...answerWays(read),
            ...again(problemWith(read)),
            { target: 'gaveUp', actions: outOfAttempts(problemWith(read)) },
          ],
          'message.failed': failureWays(again),
          'conversation.resumed': resumptions(prompt, attempts, saying),
        },
        after: { silence: [...silence.reminding, silence.givingUp] },
      },
      answered: { type: 'final' },
      noAnswer: { type: 'final' },
      gaveUp: { type: 'final' },
    },
    output: ({ context }) => context.outcome as Outcome<unknown>,
  });
  return machine as unknown as Dialog<unknown>;
}

type Read = Question['read'];
type ProblemOf = (event: MessageReceived, context: Waiting) => Problem | undefined;

function answerWays(read: Read): readonly Way<MessageReceived>[] {
  return [
    {
      guard: ({ context, event }) => read(event, context).understood,
      target: 'answered',
      actions: ending((event: MessageReceived, context) => {
        const parsed = read(event, context);
        const { text, at } = event;
        return { kind: 'answered', value: parsed.understood ? parsed.value : undefined, text, at };
      }),
    },
  ];
}

function problemWith(read: Read): ProblemOf {
  return (event, context) => {
    const parsed = read(event, context);
    return parsed.understood ? undefined : parsed.problem;
  };
}

function outOfAttempts(problemOf: ProblemOf) {
  return ending((event: MessageReceived, context) => {
    const problem = problemOf(event, context);
    return { kind: 'gave-up', because: 'attempts', ...(problem === undefined ? {} : { problem }) };
  });
}
