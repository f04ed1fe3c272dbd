import { describeHappening, type Exploration, type Finding, type Rule } from '@parley/analysis';
import { type Result, requireSubject, result } from './result.ts';
import { type ExpectedText, isText, quoted, tailOf } from './said.ts';

export interface FindingsOptions {
  /** Rules that are left out. */
  readonly except?: readonly Rule[];
}

export function toHaveNoFindings(value: unknown, { except = [] }: FindingsOptions = {}): Result {
  const { findings, bot } = explorationIn(value, 'toHaveNoFindings');
  const left = findings.filter(({ rule }) => !except.includes(rule));
  return result(left.length === 0, {
    subject: `the bot ${bot.id}`,
    claim: except.length === 0 ? 'have no findings' : `have no findings except ${except.join(', ')}`,
    there: left.map(describeFinding).join('\n\n'),
  });
}

export function toReach(value: unknown, state: string): Result {
  const { states, bot } = explorationIn(value, 'toReach');
  const known = states.find(({ id }) => id === state || id.endsWith(`.${state}`));
  const there = known?.path === undefined ? `It reached:\n${reached(states)}` : `The way there: ${wayOf(known.path)}`;
  const claim = known === undefined ? `reach ${state}, which it does not have` : `reach ${state}`;
  return result(known?.path !== undefined, { subject: `the walk through ${bot.id}`, claim, there });
}

export function toSay(value: unknown, expected: ExpectedText): Result {
  const { said, bot } = explorationIn(value, 'toSay');
  const found = said.find(({ text }) => isText(text, expected));
  return result(found !== undefined, {
    subject: `the bot ${bot.id}`,
    claim: `say ${quoted(expected)} on some way`,
    there:
      found === undefined
        ? `What it said:\n${tailOf(said.map(({ text }) => text).join('\n'), 40)}`
        : `The way there: ${wayOf(found.path)}`,
  });
}

function describeFinding({ rule, state, message, path }: Finding): string {
  const way = path === undefined ? [] : [`  after ${path.join(', ')}`];
  return [`${state ?? 'The bot'}: ${message} [${rule}]`, ...way].join('\n');
}

function reached(states: Exploration['states']): string {
  return states
    .filter(({ path }) => path !== undefined)
    .map(({ id }) => `  ${id}`)
    .join('\n');
}

function wayOf(path: Exploration['said'][number]['path']): string {
  return path.map(describeHappening).join(', ');
}

function explorationIn(value: unknown, matcher: string): Exploration {
  return requireSubject<Exploration>(value, ['findings', 'states', 'said'], matcher, 'what explore gives');
}
