import { durationWords } from '@parley/analysis';
import { maskAddress, maskKey } from '@parley/core';
import type { ComparedLine, Comparison } from './compare.ts';
import type { JourneyState, Recording } from './recording.ts';
import type { Rerun } from './rerun.ts';

/** What became of a journey that was to be run again. */
export type Replayed = Pick<Recording, 'conversation' | 'app' | 'bot' | 'journeys' | 'version' | 'startedAt'> & {
  /** The version that it was run with. */
  readonly now: string | undefined;
  /** Whether its texts are nobody's business. */
  readonly confidential: boolean;
  readonly outcome:
    | ({ readonly kind: 'run' } & Comparison & Pick<Rerun, 'stop' | 'doubts'>)
    | { readonly kind: 'skipped'; readonly reason: string };
};

/** What was found, for people and for programs. Masks phone numbers, and hides the texts of confidential apps. */
export interface ReplayReport {
  readonly differ: number;
  readonly text: string;
  readonly json: object;
}

/** How much of what is the same is shown around what differs, in lines. */
const CONTEXT = 2;

const MARKS = { same: '  ', gone: '- ', new: '+ ', moved: '~ ' } as const;

export function createReport(replayed: readonly Replayed[]): ReplayReport {
  const ofVerdict = (verdict: Verdict) => replayed.filter((one) => verdictOf(one) === verdict);
  const differing = ofVerdict('differs');
  const counts = {
    ...{ same: ofVerdict('same').length, differ: differing.length },
    ...{ partly: ofVerdict('partly').length, skipped: ofVerdict('skipped').length },
  };
  return {
    differ: counts.differ,
    text: [...differing.map(describe), summary(replayed.length, counts, replayed)].join('\n'),
    json: { journeys: replayed.length, ...counts, results: replayed.map(asJson) },
  };
}

type Counts = Readonly<Record<'same' | 'differ' | 'partly' | 'skipped', number>>;

/** `partly`: what could be run is the same. */
type Verdict = 'same' | 'differs' | 'partly' | 'skipped';

function verdictOf({ outcome }: Replayed): Verdict {
  if (outcome.kind === 'skipped') return 'skipped';
  if (outcome.differs) return 'differs';
  return outcome.stop === undefined ? 'same' : 'partly';
}

function describe(one: Replayed): string {
  const { outcome } = one;
  if (outcome.kind === 'skipped') return '';
  const { lines, end, stop, doubts } = outcome;
  const notes = [
    ...(end.differs
      ? [
          `ended ${stateWords(end.before)}, would now ${end.after === undefined ? 'not begin' : `be ${stateWords(end.after)}`}`,
        ]
      : []),
    ...(stop === undefined ? [] : [`run until ${moment(stop.at)} only: ${stop.reason}`]),
    ...doubts,
  ];
  return [heading(one), ...shown(lines, one), ...notes.map((note) => `    (${note})`), ''].join('\n');
}

function heading({ app, bot, conversation, startedAt, version, now }: Replayed): string {
  const versions = version === undefined || version === now ? `version ${now}` : `version ${version}, now ${now}`;
  return `${app}/${bot}, ${versions}, in ${maskKey(conversation)} since ${moment(startedAt)}`;
}

/** What differs, with a little around it. */
function shown(lines: readonly ComparedLine[], one: Pick<Replayed, 'confidential'>): readonly string[] {
  const isNear = lines.map((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ mark }) => mark !== 'same'),
  );
  return lines.flatMap((line, index) => {
    if (isNear[index]) return lineWords(line, one);
    // One for each stretch that is left out.
    return index === 0 || isNear[index - 1] ? ['    …'] : [];
  });
}

function lineWords(
  { mark, happening, later = 0 }: ComparedLine,
  { confidential }: Pick<Replayed, 'confidential'>,
): readonly string[] {
  const time = mark === 'moved' ? ` (${durationWords(Math.abs(later))} ${later > 0 ? 'later' : 'earlier'})` : '';
  if (happening.kind === 'trouble') return [`  ${MARKS[mark]}! ${happening.reason ?? happening.code}`];
  const { text, media } = happening;
  const [first = '', ...more] = wordsOf(text, confidential).split('\n');
  const arrow = happening.kind === 'heard' ? '>' : '<';
  return [
    `  ${MARKS[mark]}${arrow} ${first}${time}`,
    ...[...more, ...media.map(({ url }) => url)].map((line) => `  ${MARKS[mark]}  ${line}`),
  ];
}

/** A number in a text is somebody's, too. */
function wordsOf(text: string, confidential: boolean): string {
  if (confidential) return `(${[...text].length} characters)`;
  return text.replace(/\+\d{8,15}/g, maskAddress);
}

function stateWords({ how, state }: JourneyState): string {
  const where = state === undefined ? '' : ` in ${typeof state === 'string' ? state : JSON.stringify(state)}`;
  return `${how}${where}`;
}

function summary(total: number, { same, differ, partly, skipped }: Counts, replayed: readonly Replayed[]): string {
  if (total === 0) return 'There is no journey to run again.\n';
  const parts = [
    [same, 'as before'],
    [differ, 'differently'],
    [partly, 'as before as far as they can be run again'],
    [skipped, 'can not be run again'],
  ] as const;
  const counted = parts.filter(([count]) => count > 0).map(([count, what]) => `  ${number(count)} ${what}`);
  return [`Of ${number(total)} ${total === 1 ? 'journey' : 'journeys'}`, ...counted, ...reasons(replayed), ''].join(
    '\n',
  );
}

/** Why journeys could not be run, or not to their end, the most frequent reason first. */
function reasons(replayed: readonly Replayed[]): readonly string[] {
  const counted = new Map<string, number>();
  for (const { outcome } of replayed) {
    const reason = outcome.kind === 'skipped' ? outcome.reason : outcome.stop?.reason;
    if (reason !== undefined) counted.set(reason, (counted.get(reason) ?? 0) + 1);
  }
  const counts = [...counted];
  if (counts.length === 0) return [];
  const sorted = counts.sort(([, one], [, other]) => other - one);
  return ['What can not be run again:', ...sorted.map(([reason, count]) => `  ${number(count)}: ${reason}`)];
}

function asJson(one: Replayed): object {
  const { conversation, app, bot, journeys, version, now, startedAt, outcome, confidential } = one;
  const common = {
    conversation: maskKey(conversation),
    app,
    bot,
    journey: journeys[0],
    startedAt,
    version,
    now,
    verdict: verdictOf(one),
  };
  if (outcome.kind === 'skipped') return { ...common, reason: outcome.reason };
  const { lines, end, stop, doubts } = outcome;
  return {
    ...common,
    ...(stop === undefined ? {} : { until: stop.at, reason: stop.reason }),
    ...(doubts.length === 0 ? {} : { doubts }),
    end,
    lines: lines.map(({ mark, happening, later }) => ({
      mark,
      ...happening,
      ...('text' in happening ? { text: wordsOf(happening.text, confidential) } : {}),
      ...(later === undefined ? {} : { later }),
    })),
  };
}

function moment(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
