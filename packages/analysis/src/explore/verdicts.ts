import { ParleyError } from '@parley/core';
import { nextTimer } from '@parley/core/host';
import type { Atlas } from '../atlas.ts';
import type { StateNode } from '../bot.ts';
import type { Findings } from '../findings.ts';
import { problemsOf, type TextProblem } from '../texts.ts';
import { hearsTexts, UNKNOWN_TEXT } from '../words.ts';
import { timeInWords } from './happening.ts';
import type { ExploreSettings } from './options.ts';
import { type Outcome, SampleFailure } from './player.ts';
import { activeIn, configurationOf, type Position } from './position.ts';
import { type Place, type Step, saidIn, type Walk } from './walk.ts';

type Moved = Extract<Outcome, { kind: 'moved' }>;

/** What goes away within this time by itself counts as busy. */
const SOON = 60_000;

/** Says what is wrong with what happened on a walk. */
export function judge(walk: Walk, atlas: Atlas, settings: ExploreSettings, findings: Findings): void {
  const problems = remembering((text: string, hasMedia: boolean) => problemsOf(text, hasMedia, settings));
  for (const step of walk.steps) {
    const { outcome } = step;
    if (outcome.kind === 'threw') judgeThrow(step, outcome.error, atlas, findings);
    else {
      judgeSaid(step, outcome, { atlas, problems, findings });
      judgeStarted(step, outcome, settings.bots, atlas, findings);
      judgeAnswer(step, outcome, atlas, findings);
    }
  }
  const waiting = walk.places.filter(({ position }) => position.document.status === 'active' && !position.isHandedOver);
  for (const place of waiting) {
    judgeWayOut(place, atlas, settings, findings);
    judgeTimer(place, atlas, findings);
  }
  judgeSilence(waiting, atlas, findings);
}

function judgeThrow(step: Step, error: unknown, atlas: Atlas, findings: Findings): void {
  const states = step.from === undefined ? [] : leavesOf(step.from.position, atlas);
  if (error instanceof SampleFailure) {
    const task = step.happening.kind === 'task.failed' ? step.happening.task : 'a task';
    return findings.add('task-without-error', states, withoutOnError(task), step.path);
  }
  // What follows from a guess says nothing about the bot.
  if (step.isGuessed) return;
  if (error instanceof ParleyError && error.code === 'error.platform.bot.not-serialisable') {
    const { path, what } = error.details as { readonly path: string; readonly what: string };
    return findings.add(
      'not-serialisable',
      states,
      `${path} is ${what}, which no storage keeps. Keep plain data, and make of it what you need where you need it.`,
      step.path,
    );
  }
  const problem = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const message = `The machine throws ${problem.replace(/\.$/, '')}. Mend it, or guard against what brings it there.`;
  findings.add('throws', states, message, step.path);
}

export function withoutOnError(task: string): string {
  return `The task ${task} may fail, and then the machine throws. Say what happens in its onError.`;
}

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

type LookAtText = (text: string, hasMedia: boolean) => readonly TextProblem[];

function judgeSaid(
  step: Step,
  outcome: Moved,
  { atlas, problems, findings }: { readonly atlas: Atlas; readonly problems: LookAtText; readonly findings: Findings },
): void {
  for (const { text, media } of saidIn(outcome.requests)) {
    for (const { rule, message } of problems(text, media.length > 0)) {
      if (rule === 'placeholder' && step.isGuessed) continue;
      findings.add(rule, statesAfter(step, outcome, atlas), message, step.path);
    }
  }
}

function judgeStarted(
  step: Step,
  outcome: Moved,
  bots: readonly string[] | undefined,
  atlas: Atlas,
  findings: Findings,
): void {
  for (const request of outcome.requests) {
    if (bots === undefined || request.type !== 'parley.start-bot' || bots.includes(request.bot)) continue;
    const there = bots.length === 0 ? 'none' : bots.join(', ');
    findings.add(
      'unknown-bot',
      statesAfter(step, outcome, atlas),
      `It starts the bot ${request.bot}, which the app does not have. There are: ${there}.`,
      step.path,
    );
  }
}

/** The states that a step has led to; where the machine has come to its end, those that it ended in. */
function statesAfter(
  step: Step,
  { position, visited }: Pick<Moved, 'position' | 'visited'>,
  atlas: Atlas,
): readonly StateNode[] {
  if (position.document.status === 'active') return leavesOf(position, atlas);
  const final = visited.flatMap((id) => atlas.get(id) ?? []).filter(({ type }) => type === 'final');
  return final.length > 0 ? final.slice(-1) : step.from === undefined ? [] : leavesOf(step.from.position, atlas);
}

function judgeAnswer(
  { from, happening, path }: Step,
  { requests, position }: Moved,
  atlas: Atlas,
  findings: Findings,
): void {
  if (from === undefined || happening.kind !== 'text' || happening.text !== UNKNOWN_TEXT) return;
  const before = from.position;
  if (requests.some(({ type }) => ANSWERS.has(type)) || position.document.status !== 'active') return;
  if (configurationOf(before) !== configurationOf(position) || hasNoWayOut(before, atlas, [])) return;
  const states = leavesOf(before, atlas);
  if (isBusy(before)) {
    return findings.add(
      'unanswered-while-busy',
      states,
      'Who texts while the bot is busy here hears nothing, and the text is lost. Say that it takes a moment, or keep the text in context.',
      path,
    );
  }
  findings.add(
    'unanswered-text',
    states,
    'Who texts something unexpected here hears nothing. Add a transition without a guard to message.received that says what is expected.',
    path,
  );
}

const ANSWERS: ReadonlySet<string> = new Set(['parley.say', 'parley.handoff', 'parley.start-bot']);

function isBusy({ document, now }: Position): boolean {
  const timer = nextTimer(document);
  return document.tasks.length > 0 || (timer !== undefined && timer.dueAt - now <= SOON);
}

function judgeWayOut(
  { position, path }: Place,
  atlas: Atlas,
  { events = [] }: ExploreSettings,
  findings: Findings,
): void {
  const states = leavesOf(position, atlas);
  if (
    hasNoWayOut(
      position,
      atlas,
      events.map(({ type }) => type),
    )
  ) {
    findings.add(
      'dead-end',
      states,
      'Nobody ever leaves this state: it hears nothing, waits for nothing and is not final. Give it a transition, or make it final.',
      path,
    );
  }
}

/** Whether nothing that can come is heard by any state that is active, and nothing will come by itself. */
function hasNoWayOut(position: Position, atlas: Atlas, ownEvents: readonly string[]): boolean {
  const { timers, tasks } = position.document;
  if (timers.length > 0 || tasks.length > 0) return false;
  return !activeIn(position)
    .flatMap((id) => atlas.get(id) ?? [])
    .some((node) =>
      [...node.transitions.keys()].some((type) => hearsTexts(type) || HEARD.has(type) || ownEvents.includes(type)),
    );
}

const HEARD: ReadonlySet<string> = new Set([
  'message.delivered',
  'message.failed',
  'conversation.resumed',
  'conversation.*',
]);

function judgeTimer({ position, path }: Place, atlas: Atlas, findings: Findings): void {
  const timer = nextTimer(position.document);
  if (timer === undefined || timer.dueAt < position.expiresAt) return;
  const { startedAt, expiresAt } = position;
  findings.add(
    'timer-too-late',
    leavesOf(position, atlas),
    `The next timer rings ${timeInWords(timer.dueAt - startedAt)} after the start, and the journey is over after ${timeInWords(expiresAt - startedAt)}. Wait for a shorter time, or give the bot a longer expiresAfter or extendJourney.`,
    path,
  );
}

/** A state has a timer if it has one at any position: one that asks once and then waits is meant so. */
function judgeSilence(waiting: readonly Place[], atlas: Atlas, findings: Findings): void {
  const silent = new Map<StateNode, Place>();
  const heard = new Set<StateNode>();
  for (const place of waiting) {
    const { position } = place;
    const [state = undefined] = leavesOf(position, atlas);
    if (state === undefined) continue;
    const { timers, tasks } = position.document;
    if (timers.length > 0 || tasks.length > 0 || hasNoWayOut(position, atlas, [])) heard.add(state);
    else if (!silent.has(state)) silent.set(state, place);
  }
  for (const [state, { position, path }] of silent) {
    if (heard.has(state)) continue;
    findings.add(
      'no-timeout',
      leavesOf(position, atlas),
      'Who says nothing here is never asked again: there is no timer. Add one with after, or ignore this rule where waiting is all there is to do.',
      path,
    );
  }
}

function leavesOf(position: Position, atlas: Atlas): readonly StateNode[] {
  return atlas.leavesOf(activeIn(position));
}
