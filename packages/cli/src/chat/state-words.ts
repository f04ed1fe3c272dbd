import { durationWords, eventWords } from '@parley/analysis';
import type { ActorFacts, ActorProfile, ConversationDocument, Journey } from '@parley/core';
import { stateValueOf } from '@parley/core/host';
import { momentWords } from './moments.ts';

export interface StateOptions {
  readonly conversation: ConversationDocument | undefined;
  readonly profile: ActorProfile;
  /** What plugins know of the person. */
  readonly facts: readonly ActorFacts[];
  readonly now: number;
  readonly zone: string;
}

/** Where a conversation is, as rows of a name and what there is to say. */
export function stateRows(options: StateOptions): readonly (readonly [string, string])[] {
  const { conversation, profile, facts, now, zone } = options;
  const { journey, handoff, halted, parked = [], outbox = [], burst } = conversation ?? {};
  const at = (moment: number) => momentWords(moment, zone);
  return [
    ['time', `${at(now)} (${zone})`],
    ...(journey === undefined ? [['bot', 'none is running'] as const] : journeyRows(journey, options)),
    ...(handoff === undefined ? [] : [['handed to', [handoff.to, handoff.note].filter(Boolean).join(': ')] as const]),
    ...(halted === undefined ? [] : [['halted', halted.reason] as const]),
    ...parked.map(({ reason }) => ['parked', reason] as const),
    ...(burst === undefined ? [] : [['gathering', `${burst.texts.length} texts until ${at(burst.until)}`] as const]),
    ...outbox.map(
      ({ text, notBefore }) =>
        [
          'waiting',
          `${notBefore === undefined ? '' : `until ${at(notBefore)}: `}“${text.replaceAll('\n', ' ')}”`,
        ] as const,
    ),
    ['person', JSON.stringify(profile)],
    ...facts.map(
      ({ title, facts: known }) => [title, known.map(({ label, value }) => `${label}: ${value}`).join('; ')] as const,
    ),
  ];
}

function journeyRows(journey: Journey, { now, zone }: StateOptions): readonly (readonly [string, string])[] {
  const { bot, version, startedAt, expiresAt, machine, tasks } = journey;
  const context = machine.snapshot.context;
  return [
    ['bot', `${bot}, version ${version}`],
    ['journey', `since ${momentWords(startedAt, zone)}, until ${momentWords(expiresAt, zone)}`],
    ['state', JSON.stringify(stateValueOf(machine))],
    ...childRows(machine.snapshot.children),
    ['context', JSON.stringify(context)],
    ...machine.timers.map(({ event, dueAt }) => {
      const left = Math.max(0, dueAt - now);
      const rounded = left > 60_000 ? Math.round(left / 60_000) * 60_000 : Math.round(left / 1_000) * 1_000;
      return ['timer', `${eventWords(event.type)}: in ${durationWords(rounded)}, ${momentWords(dueAt, zone)}`] as const;
    }),
    ...machine.tasks.map(({ id, name, input }) => {
      const { attempts = 0, notBefore } = tasks[id] ?? {};
      const next = notBefore === undefined ? '' : `, again ${momentWords(notBefore, zone)}`;
      const given = input === undefined ? '' : ` of ${JSON.stringify(input)}`;
      return ['task', `${name}${given}, attempt ${attempts}${next}`] as const;
    }),
  ];
}

type Children = Journey['machine']['snapshot']['children'];

/** How much is shown of what a machine within knows, in characters: often it is the machine's own wording. */
const MOST = 200;

function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** The machines that run within. */
function childRows(children: Children = {}): readonly (readonly [string, string])[] {
  return Object.entries(children).flatMap(([id, { snapshot }]) => {
    if (snapshot.value === undefined) return [];
    const context = snapshot.context === undefined ? '' : ` ${shorten(JSON.stringify(snapshot.context), MOST)}`;
    return [[`in ${id}`, `${JSON.stringify(snapshot.value)}${context}`] as const, ...childRows(snapshot.children)];
  });
}
