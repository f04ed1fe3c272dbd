import type { ActorFacts, Address, App } from '@parley/core';
import { type How, type OptOut, personAt, type Records, type Standing } from './records.ts';
import type { Review, Reviews } from './reviews.ts';
import { normalise } from './words/normalise.ts';
import type { Vocabulary } from './words/vocabulary.ts';

type Fact = ActorFacts['facts'][number];

const HOW: Readonly<Record<How, string>> = {
  text: 'by text',
  web: 'on a web page',
  paper: 'on paper',
  voice: 'by voice',
  operator: 'through an operator',
  provider: 'at the provider',
  import: 'in a list that was imported',
};

export interface DescribeOptions {
  readonly apps: readonly App[];
  readonly records: Records;
  readonly reviews: Reviews;
  readonly vocabulary: Vocabulary;
}

/** What is known of a person, for people to see: who they want no texts of, since when and how, and what is to be decided. Quotes nobody. */
export async function describePerson(
  address: Address,
  { apps, records, reviews, vocabulary }: DescribeOptions,
): Promise<ActorFacts | undefined> {
  const person = personAt(address);
  const [review, ...standings] = await Promise.all([
    reviews.get(person),
    ...apps.map(async (app) => ({ app, standing: await records.standing(person, app) })),
  ]);
  const facts = [...reviewFacts(review), ...standingFacts(standings, vocabulary)];
  return facts.length === 0 ? undefined : { title: 'Opt-out', facts };
}

type WithApp = { readonly app: App; readonly standing: Standing };

/** One opt-out of everything is one line, not one of each app. */
function standingFacts(standings: readonly WithApp[], vocabulary: Vocabulary): readonly Fact[] {
  const [first] = standings;
  const whole = first?.standing.optOut;
  const isOfAll =
    whole?.scope === 'organization' &&
    standings.every(({ standing: { optOut } }) => optOut?.scope === 'organization' && optOut.at === whole.at);
  if (isOfAll) return [outFact('Everything', whole, vocabulary)];
  return standings.flatMap(({ app, standing: { optOut, lastIn } }): readonly Fact[] => {
    if (optOut !== undefined) return [outFact(app.id, optOut, vocabulary)];
    if (lastIn === undefined) return [];
    return [{ label: app.id, value: `Opted in again ${HOW[lastIn.how]}`, at: lastIn.at, tone: 'good' }];
  });
}

function outFact(label: string, optOut: OptOut, vocabulary: Vocabulary): Fact {
  const { at, how, scope } = optOut;
  const reach = { organization: 'all that is sent', app: 'this app', number: 'its number' }[scope];
  return {
    ...{ label, at, tone: 'bad' },
    value: `Opted out ${HOW[how]}${kindOfWords(optOut, vocabulary)}; covers ${reach}`,
  };
}

/** Whether the words were of those that every sender knows, or the person's own. */
function kindOfWords({ how, words }: OptOut, { keywords }: Vocabulary): string {
  if (how !== 'text' || words === undefined) return '';
  return keywords.has(normalise(words)) ? ', with a keyword' : ', in words of their own';
}

function reviewFacts(review: Review | undefined): readonly Fact[] {
  if (review === undefined) return [];
  const { app, since, texts, asked } = review;
  const count = texts.length === 1 ? 'A text' : `${texts.length} texts`;
  const question = asked === undefined ? '' : '; they were asked';
  return [
    {
      ...{ label: 'Under review', at: since, tone: 'bad' },
      value: `${count} to ${app} may have been an opt-out, which somebody has to decide${question}`,
    },
  ];
}
