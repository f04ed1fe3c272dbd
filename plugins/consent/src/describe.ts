import type { ActorFacts, ConsentEntry, MessageCategory } from '@parley/core';
import { CATEGORIES } from './entry.ts';
import type { RecordedConsent } from './ledger.ts';
import { type Decision, decisionOn, placesIn, type State } from './state.ts';

type Fact = ActorFacts['facts'][number];

const HOW: Readonly<Record<ConsentEntry['how'], string>> = {
  text: 'by text',
  web: 'on a web page',
  paper: 'on paper',
  voice: 'by voice',
  operator: 'through an operator',
  provider: 'at the provider',
  import: 'as imported',
};

/**
 * What holds for a person, category by category, for people to see: agreed or refused, since when, how, and by which entry of their chain.
 * Of somebody whom the ledger does not know, only that the consents that are required are missing; `undefined` where none is.
 */
export function describeConsents(
  state: State,
  entries: readonly RecordedConsent[],
  required: readonly MessageCategory[],
): ActorFacts | undefined {
  const how = new Map(entries.map((entry) => [entry.sequence, entry.how]));
  const facts = CATEGORIES.flatMap((category) => {
    const known = placesIn(state, category).flatMap(({ app, decision }) =>
      isInForce(state, category, app, decision) ? [factOf(category, app, decision, how.get(decision.sequence))] : [],
    );
    return known.length === 0 && required.includes(category) ? [missing(category)] : known;
  });
  return facts.length === 0 ? undefined : { title: 'Consents', facts };
}

/** What was said of one app may have been overtaken by what was said of all. */
function isInForce(state: State, category: MessageCategory, app: string | undefined, decision: Decision): boolean {
  return app === undefined || decisionOn(state, app, category) === decision;
}

function factOf(
  category: MessageCategory,
  app: string | undefined,
  { kind, at, sequence }: Decision,
  how: ConsentEntry['how'] | undefined,
): Fact {
  const said = kind === 'given' ? 'Agreed' : 'Refused';
  return {
    label: app === undefined ? category : `${category}, ${app}`,
    value: `${[said, how && HOW[how]].filter(Boolean).join(' ')}, entry ${sequence}`,
    ...{ at, tone: kind === 'given' ? 'good' : 'bad' },
  };
}

function missing(category: MessageCategory): Fact {
  return { label: category, value: 'Has not agreed: texts of this kind are not sent', tone: 'bad' };
}
