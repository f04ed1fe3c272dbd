import type { Activity, Conversation } from '@parley/api';
import type { Position } from '../../statechart/chart.tsx';
import { type StateView, type Step, stepOf } from './steps/step.ts';

/** What the page shows of a journey: how it is now, or how it was after one of its steps. */
export interface Shown {
  readonly journey: string | undefined;
  readonly bot: string | undefined;
  /** Of the bot; unknown of journeys that are over. */
  readonly version: string | undefined;
  /** Its steps that are loaded, oldest first. */
  readonly steps: readonly Step[];
  /** Whether the first of them is the first that there was. */
  readonly isWhole: boolean;
  /** Which step is shown; absent for how it is now. */
  readonly index: number | undefined;
  /** Whether the journey is over, and nothing but what was is shown. */
  readonly isOver: boolean;
  readonly position: Position;
  readonly view: StateView | undefined;
}

/** Activities stay the same objects as long as nothing of them has changed. */
const known = new WeakMap<Activity, Step>();

export function toStep(activity: Activity): Step {
  const step = known.get(activity) ?? stepOf(activity);
  known.set(activity, step);
  return step;
}

/**
 * What is to be seen of a conversation.
 *
 * @param entries its activity, newest first.
 * @param wanted the id of the step to show.
 * @param asked the id of the journey to show; the one that is running, or the last, unless a step is shown.
 */
export function shownOf(
  conversation: Conversation,
  entries: readonly Activity[],
  wanted: string | undefined,
  asked?: string,
): Shown {
  const selected = entries.find(({ id, kind }) => id === wanted && kind === 'step');
  const { journey: running } = conversation;
  const latest = entries.find(({ journey }) => journey !== undefined);
  const found = entries.some((entry) => entry.journey === asked) ? asked : undefined;
  const journey = selected?.journey ?? found ?? running?.id ?? latest?.journey;
  const own = entries.filter((entry) => entry.journey === journey && journey !== undefined);
  const steps = own
    .filter(({ kind }) => kind === 'step')
    .map(toStep)
    .reverse();
  const isRunning = running !== undefined && running.id === journey;
  const common = {
    ...{ journey, steps, isWhole: own.some(({ kind }) => kind === 'journey.started') },
    bot: own.find(({ bot }) => bot !== undefined)?.bot ?? running?.bot,
    version: isRunning ? running.version : undefined,
  };
  if (selected !== undefined) {
    const index = steps.findIndex(({ id }) => id === selected.id);
    const step = toStep(selected);
    return {
      ...common,
      index,
      isOver: false,
      position: positionAt(steps, index, step.state, step.view),
      view: step.view,
    };
  }
  const last = steps.length - 1;
  if (isRunning) {
    const view = liveView(running, steps[last]);
    const position = positionAt(steps, last, running.state, view);
    return { ...common, index: undefined, isOver: false, position, view };
  }
  const end = own.find(({ state }) => state !== undefined);
  const position = positionAt(steps, last, steps[last]?.state ?? end?.state, undefined);
  return { ...common, index: undefined, isOver: journey !== undefined, position, view: steps[last]?.view };
}

function positionAt(steps: readonly Step[], index: number, state: unknown, view: StateView | undefined): Position {
  const step = steps[index];
  const before = steps[index - 1];
  return {
    state,
    within: Object.fromEntries(Object.entries(view?.children ?? {}).map(([id, child]) => [id, child.state])),
    past: steps.slice(0, index + 1).map((one) => one.state),
    before: step && before && { state: before.state, event: step.name },
  };
}

/** The journal's last step knows more of machines within the machine than the conversation does. */
function liveView(running: NonNullable<Conversation['journey']>, last: Step | undefined): StateView {
  const isSame = last?.view !== undefined && JSON.stringify(last.state) === JSON.stringify(running.state);
  return isSame && last.view !== undefined ? last.view : viewOf(running);
}

function viewOf({ state, context, children, timers, tasks }: NonNullable<Conversation['journey']>): StateView {
  const machines = children.filter((child) => child.state !== null);
  return {
    state,
    ...(context === undefined ? {} : { context }),
    ...(machines.length === 0
      ? {}
      : { children: Object.fromEntries(machines.map((one) => [one.id, { state: one.state }])) }),
    ...(timers.length === 0 ? {} : { timers: timers.map(({ id, dueAt }) => ({ id, dueAt })) }),
    ...(tasks.length === 0 ? {} : { tasks: tasks.map(({ id, name, attempts }) => ({ id, name, attempts })) }),
  };
}
