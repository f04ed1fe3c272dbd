import { ParleyError } from '@parley/core';
import { nextTimer } from '@parley/core/host';
import type { Atlas } from '../atlas.ts';
import type { Findings } from '../findings.ts';
import { problemsOf, type TextLimits, type TextProblem } from '../texts.ts';
import { UNKNOWN_TEXT } from '../words.ts';
import { hasNoWayOut } from './judge-places.ts';
import { type Moved, SampleFailure } from './player.ts';
import { configurationOf, type Position } from './position.ts';
import { type Step, saidIn } from './walk.ts';
import { leavesOf, statesAfter } from './where.ts';

export interface StepRules extends TextLimits {
  /** The ids of the bots that may be started; any unless set. */
  readonly bots?: readonly string[] | undefined;
}

/** Says what is wrong with what single happenings came to. */
export function judgeSteps(steps: readonly Step[], atlas: Atlas, rules: StepRules, findings: Findings): void {
  const problems = remembering((text, hasMedia) => problemsOf(text, hasMedia, rules));
  for (const step of steps) {
    const { outcome } = step;
    if (outcome.kind === 'threw') judgeThrow(step, outcome.error, atlas, findings);
    else {
      judgeTexts(step, outcome, problems, atlas, findings);
      judgeStarted(step, outcome, rules.bots, atlas, findings);
      judgeAnswer(step, outcome, atlas, findings);
    }
  }
}

function judgeThrow(step: Step, error: unknown, atlas: Atlas, findings: Findings): void {
  const { from, happening, path, isGuessed } = step;
  const states = from === undefined ? [] : leavesOf(from.position, atlas);
  if (error instanceof SampleFailure) {
    const task = happening.kind === 'task.failed' ? happening.task : 'that it begins';
    return findings.add('task-without-error', states, withoutOnError(task), path);
  }
  // What follows from a guess says nothing about the bot.
  if (isGuessed) return;
  if (error instanceof ParleyError && error.code === 'error.platform.bot.not-serialisable') {
    const { path: where, what } = error.details;
    const message = `${where} is ${what}, which no storage keeps. Keep plain data, and make of it what you need where you need it.`;
    return findings.add('not-serialisable', states, message, path);
  }
  const problem = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const message = `The machine throws ${problem.replace(/\.$/, '')}. Mend it, or guard against what brings it there.`;
  findings.add('throws', states, message, path);
}

export function withoutOnError(task: string): string {
  return `The task ${task} may fail, and then the machine throws. Say what happens in its onError.`;
}

type LookAtText = (text: string, hasMedia: boolean) => readonly TextProblem[];

/** The same text is said at many a step, and measuring it takes its time. */
function remembering(look: LookAtText): LookAtText {
  const known = new Map<string, readonly TextProblem[]>();
  return (text, hasMedia) => {
    const key = `${hasMedia} ${text}`;
    const problems = known.get(key) ?? look(text, hasMedia);
    known.set(key, problems);
    return problems;
  };
}

function judgeTexts(step: Step, outcome: Moved, problems: LookAtText, atlas: Atlas, findings: Findings): void {
  for (const { text, media } of saidIn(outcome.requests)) {
    for (const { rule, message } of problems(text, media.length > 0)) {
      if (rule === 'placeholder' && step.isGuessed) continue;
      findings.add(rule, statesAfter(step, outcome, atlas), message, step.path);
    }
  }
}

function judgeStarted(step: Step, outcome: Moved, bots: StepRules['bots'], atlas: Atlas, findings: Findings): void {
  for (const request of outcome.requests) {
    if (bots === undefined || request.type !== 'parley.start-bot' || bots.includes(request.bot)) continue;
    const message = `It starts the bot ${request.bot}, which the app does not have. There are: ${bots.join(', ')}.`;
    findings.add('unknown-bot', statesAfter(step, outcome, atlas), message, step.path);
  }
}

function judgeAnswer(step: Step, { requests, position }: Moved, atlas: Atlas, findings: Findings): void {
  const { from, happening, path } = step;
  if (from === undefined || happening.kind !== 'text' || happening.text !== UNKNOWN_TEXT) return;
  const before = from.position;
  if (requests.some(({ type }) => ANSWERS.has(type)) || position.document.status !== 'active') return;
  if (configurationOf(before) !== configurationOf(position) || hasNoWayOut(before, atlas)) return;
  const states = leavesOf(before, atlas);
  if (isBusy(before)) findings.add('unanswered-while-busy', states, UNANSWERED_WHILE_BUSY, path);
  else findings.add('unanswered-text', states, UNANSWERED, path);
}

const ANSWERS: ReadonlySet<string> = new Set(['parley.say', 'parley.handoff', 'parley.start-bot']);

const UNANSWERED =
  'Who texts something unexpected here hears nothing. Add a transition without a guard to message.received that says what is expected.';
const UNANSWERED_WHILE_BUSY =
  'Who texts while the bot is busy here hears nothing, and the text is lost. Say that it takes a moment, or keep the text in context.';

/** What goes away within this time by itself counts as busy. */
const SOON = 60_000;

function isBusy({ document, now }: Position): boolean {
  const timer = nextTimer(document);
  return document.tasks.length > 0 || (timer !== undefined && timer.dueAt - now <= SOON);
}
