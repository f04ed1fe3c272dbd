import { type JourneyCheck, maskKey } from '@parley/core';

/** What `parley check` found, for people and for programs. Masks phone numbers. */
export interface CheckReport {
  readonly failures: number;
  readonly text: string;
  readonly json: object;
}

/** How many conversations are named for each kind of failure. */
const NAMED = 5;

interface Group {
  readonly app: string;
  readonly bot: string;
  readonly version: string;
  readonly outcome: JourneyCheck['outcome'];
  readonly conversations: string[];
}

/** Sums up what was found: journeys of one version with one outcome are one line. */
export function createReport(journeys: Iterable<JourneyCheck>): CheckReport {
  const groups = new Map<string, Group>();
  let count = 0;
  for (const { app, bot, version, outcome, conversation } of journeys) {
    count += 1;
    const name = JSON.stringify([app, bot, version, outcome]);
    const group = groups.get(name) ?? { app, bot, version, outcome, conversations: [] };
    group.conversations.push(maskKey(conversation));
    groups.set(name, group);
  }
  const sorted = [...groups.values()].sort((one, other) => rank(one) - rank(other));
  const failures = sorted
    .filter(({ outcome }) => outcome.kind === 'fails')
    .reduce((sum, { conversations }) => sum + conversations.length, 0);
  return {
    failures,
    text: `${[...sorted.flatMap(describe), summary(count, failures)].join('\n')}\n`,
    json: {
      journeys: count,
      failures,
      groups: sorted.map(({ conversations, ...group }) => ({
        ...group,
        count: conversations.length,
        conversations: group.outcome.kind === 'fails' ? conversations : undefined,
      })),
    },
  };
}

function rank({ outcome }: Group): number {
  return ['goes-on', 'migrates', 'fails'].indexOf(outcome.kind);
}

function describe({ app, bot, version, outcome, conversations }: Group): string[] {
  const what = `${app}/${bot}, version ${version}: ${number(conversations.length)}`;
  switch (outcome.kind) {
    case 'goes-on':
      return [`${what} ${conversations.length === 1 ? 'goes' : 'go'} on`];
    case 'migrates':
      return [`${what} ${conversations.length === 1 ? 'migrates' : 'migrate'} to version ${outcome.to}`];
    case 'fails': {
      const named = conversations.slice(0, NAMED).join(', ');
      const others = conversations.length - NAMED;
      return [
        `${what} can not go on`,
        `  ${outcome.reason}`,
        `  in ${named}${others > 0 ? ` and ${number(others)} more` : ''}`,
      ];
    }
  }
}

function summary(count: number, failures: number): string {
  if (count === 0) return 'No journey is running.';
  if (failures === 0) return `All running journeys can go on: ${number(count)}.`;
  return `Of ${number(count)} running journeys ${number(failures)} can not go on.`;
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
