import type { ActivityRecord, App, MessageRecord } from '@parley/core';
import { stateValueOf } from '@parley/core/host';
import { type Chain, chainsOf } from './chains.ts';
import { type History, inOrder } from './history.ts';
import { interventions } from './interventions.ts';
import { type Journal, readJournal } from './journal.ts';
import type { Gap, JourneyState, RecordedStart, RecordedText, Recording } from './recording.ts';
import { Texts } from './texts.ts';

/** The journeys of a conversation, as they were recorded; oldest first. */
export function reconstruct(history: History, app: Pick<App, 'debounce'>): readonly Recording[] {
  const chains = chainsOf(history.activity);
  return chains.map((chain, index) => recordingOf(chain, chains[index + 1], history, app));
}

function recordingOf(chain: Chain, next: Chain | undefined, history: History, app: Pick<App, 'debounce'>): Recording {
  const { started, ids, ended } = chain;
  const { key, activity, messages, document } = history;
  const own = activity.filter(({ journey }) => journey !== undefined && ids.has(journey));
  const steps = own.filter(({ kind }) => kind === 'step');
  const hasJournal = steps.length > 0;
  const journal = readJournal(steps);
  const until = ended?.at ?? lastMoment(history, next);
  const texts = new Texts(chain, next, history, { until, gather: hasJournal ? undefined : app.debounce });
  const start = startOf(started, journal, texts);
  const heard = hasJournal ? texts.fromJournal(journal, own, start) : texts.fromLog(start);
  const said = saidIn(messages, own, { ids, from: started.at, until, told: journal.fates });
  return {
    ...{ conversation: key, app: started.app, journeys: [...ids], bot: started.bot ?? '', version: started.version },
    ...{
      startedAt: started.at,
      until,
      horizon: horizonOf(chain, next, until),
      start,
      hasJournal,
      actor: journal.input?.actor,
      isFirst: texts.isFirst,
    },
    inputs: [
      ...heard,
      ...journal.hurries,
      ...interventions(activity, { from: started.at, until, texts: heard, steps }),
    ].sort(inOrder),
    tasks: journal.tasks,
    said,
    troubles: own.flatMap(({ kind, at, id, name = '' }) =>
      kind === 'parked' || kind === 'halted' ? [{ at, id, code: name }] : [],
    ),
    end: ended === undefined ? runningState(ids, document) : endState(ended),
    outages: journal.outages,
    gap: earliest([
      journal.gap,
      ...[...heard, ...said].map(redacted),
      start.kind === 'text' ? redacted(start) : undefined,
    ]),
  };
}

/** The last thing that is known to have happened, ahead of the next journey. */
function lastMoment({ activity, messages }: History, next: Chain | undefined): number {
  const last = Math.max(...activity.map(({ at }) => at), ...messages.map(({ at }) => at));
  return next === undefined ? last : Math.min(last, next.started.at);
}

/** What ended from outside has nothing behind it. */
function horizonOf({ ended }: Chain, next: Chain | undefined, until: number): number {
  const endedByItself = ended === undefined || ended.kind === 'journey.expired' || ended.name === 'done';
  if (!endedByItself) return until;
  return next === undefined ? Number.POSITIVE_INFINITY : Math.max(until, next.started.at - 1);
}

function startOf({ at, id, name }: ActivityRecord, { input, gap }: Journal, texts: Texts): RecordedStart {
  if (input?.message !== undefined) {
    const { text, media, at: heardAt } = input.message;
    return { kind: 'text', at, id: texts.idOf({ text, heardAt }, id) ?? id, text, media, heardAt };
  }
  if (name !== 'text') return { kind: 'request', data: input?.data, isKnown: input !== undefined };
  const text = texts.first;
  if (text === undefined || gap?.at === at) return { kind: 'text', at, id, text: '', media: [], heardAt: at };
  return { kind: 'text', at: text.at, id: text.id, text: text.text, media: text.media, heardAt: text.at };
}

/** What the bot has said, and the app for it; without what people have sent again. */
function saidIn(
  messages: readonly MessageRecord[],
  own: readonly ActivityRecord[],
  {
    ids,
    from,
    until,
    told,
  }: {
    readonly ids: ReadonlySet<string>;
    readonly from: number;
    readonly until: number;
    readonly told: Journal['fates'];
  },
): readonly RecordedText[] {
  const again = new Set(own.filter(({ kind }) => kind === 'resent').map(({ name }) => name));
  return messages.flatMap((message): RecordedText[] => {
    const { origin, at, id, text, media } = message;
    const isOwn =
      origin.kind === 'bot'
        ? ids.has(origin.journey)
        : origin.kind === 'app' && origin.why === 'fallback' && at >= from && at <= until;
    if (!isOwn || again.has(id)) return [];
    const fate = origin.kind === 'bot' ? fateOf(message, told) : undefined;
    return [{ at, id, text, media, ...(fate === undefined ? {} : { fate }) }];
  });
}

/** What became of a text: when its bot was told, else when it became known. */
function fateOf({ id, history }: MessageRecord, told: Journal['fates']): RecordedText['fate'] {
  const last = history.find(({ status }) => status === 'delivered' || status === 'failed');
  if (last === undefined) return undefined;
  const { status, code = '', reason = '' } = last;
  const { at, id: step } = told.get(`message.${status} ${id}`) ?? { at: last.at, id: `${id}~` };
  return { at, id: step, ...(status === 'delivered' ? { kind: status } : { kind: 'failed', code, reason }) };
}

function endState({ kind, name = '', state }: ActivityRecord): JourneyState {
  return { how: kind === 'journey.expired' ? 'expired' : name, ...(state === undefined ? {} : { state }) };
}

function runningState(ids: ReadonlySet<string>, document: History['document']): JourneyState {
  const journey = document?.journey;
  return {
    how: 'running',
    ...(journey !== undefined && ids.has(journey.id) ? { state: stateValueOf(journey.machine) } : {}),
  };
}

/** That a text is there no more: retention empties texts of their words. */
function redacted({
  at,
  text,
  media,
}: {
  readonly at: number;
  readonly text: string;
  readonly media: readonly unknown[];
}): Gap | undefined {
  return text === '' && media.length === 0 ? { at, reason: 'its texts were redacted' } : undefined;
}

function earliest(gaps: readonly (Gap | undefined)[]): Gap | undefined {
  return gaps.reduce(
    (first, gap) => (gap !== undefined && (first === undefined || gap.at < first.at) ? gap : first),
    undefined,
  );
}
