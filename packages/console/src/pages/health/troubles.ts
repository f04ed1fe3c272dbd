import type { Health } from '@parley/api';
import { formatCount, formatDuration, formatShare } from '../../lib/format.ts';
import { codeWords } from './codes.ts';
import { deliveryRate, outboundOf } from './counts.ts';

/** Something that somebody should look at, in a sentence, with where to look. */
export interface Trouble {
  readonly id: string;
  readonly tone: 'bad' | 'warn';
  readonly text: string;
  readonly to?: string;
  readonly action?: string;
}

/** What there is to say while nothing is wrong. */
export interface Calm {
  readonly title: string;
  readonly text: string;
  /** Where those are that failed nevertheless, if any did. */
  readonly to?: string;
}

/** From which share of failed texts on it is worth a word, and from which it is bad. */
const SOME_FAIL = 0.02;
const MANY_FAIL = 0.1;

/** One or two are the fate of two people, unless hardly any gets through. */
const FEW = 3;
const HARDLY_ANY = 0.5;

/** How long something may be due before it is late, in milliseconds: turns take well under a second. */
const LATE = 30_000;

/** What is wrong, worst first. */
export function troublesOf(
  health: Health,
  words: string,
  to: { failed: string; sent: string },
  now: number,
): Trouble[] {
  const found = [failing(health, words, to.failed), lagging(health, now), parked(health), stuck(health, to.sent)];
  return found
    .filter((trouble) => trouble !== undefined)
    .sort((one, other) => Number(other.tone === 'bad') - Number(one.tone === 'bad'));
}

/** That nothing is wrong, and how texts fare. A few that failed are no trouble, but are not kept quiet either. */
export function calmOf({ totals, deferred }: Health, words: string, to: { failed: string }): Calm {
  const held = deferred.reduce((all, { count }) => all + count, 0);
  const waiting = held === 0 ? '' : ` ${formatCount(held)} ${held === 1 ? 'waits for its' : 'wait for their'} moment.`;
  if (totals.failed > 0) {
    return {
      title: 'Nothing needs you now.',
      text: `${failedOf(totals)} failed ${words}.${waiting}`,
      to: to.failed,
    };
  }
  return { title: 'All is well.', text: `${arriving(totals, words)}${waiting}` };
}

function arriving(totals: Health['totals'], words: string): string {
  const rate = deliveryRate(totals);
  const sent = outboundOf(totals);
  if (sent === 0) return `No text was sent ${words}, and nothing is late or parked.`;
  if (rate === undefined) return sent === 1 ? '1 text is on its way.' : `${formatCount(sent)} texts are on their way.`;
  return `${formatShare(rate)} of the texts that are done arrived ${words}; nothing is late or parked.`;
}

function failedOf(totals: Health['totals']): string {
  return `${formatCount(totals.failed)} of ${formatCount(outboundOf(totals))} texts`;
}

function failing({ totals, failures }: Health, words: string, to: string): Trouble | undefined {
  const rate = 1 - (deliveryRate(totals) ?? 1);
  if (rate < (totals.failed < FEW ? HARDLY_ANY : SOME_FAIL)) return undefined;
  const [first] = failures;
  const why = first === undefined ? '' : ` The most frequent reason: ${reasonOf(first)}`;
  return {
    ...{ id: 'failing', tone: rate >= MANY_FAIL ? 'bad' : 'warn', to, action: 'See them' },
    text: `${failedOf(totals)} failed ${words} (${formatShare(rate)} of those that are done).${why}`,
  };
}

/** Ends with a full stop. */
function reasonOf({ code, explanation }: Health['failures'][number]): string {
  return `${(explanation?.meaning ?? codeWords(code) ?? code).replace(/\.$/, '')}${explanation === undefined ? '' : ` (${code})`}.`;
}

function lagging({ queue }: Health, now: number): Trouble | undefined {
  const lag = queue.since === undefined ? 0 : now - queue.since;
  if (queue.due === 0 || lag < LATE) return undefined;
  return {
    ...{ id: 'lagging', tone: 'bad' },
    text: `${atLeast(queue.due, queue.atLeast)} ${queue.due === 1 ? 'conversation is' : 'conversations are'} late, the oldest by ${formatDuration(lag)}: the server does not keep up, or no worker runs.`,
  };
}

function parked({ parked: { count, atLeast: more } }: Health): Trouble | undefined {
  if (count === 0) return undefined;
  return {
    ...{ id: 'parked', tone: 'bad', to: '/parked', action: 'Look at them' },
    text:
      count === 1
        ? 'A conversation is parked: its bot could not take something in, and waits for somebody to decide.'
        : `${atLeast(count, more)} conversations are parked: their bots could not take something in, and wait for somebody to decide.`,
  };
}

function stuck({ stuck: { count, atLeast: more } }: Health, to: string): Trouble | undefined {
  if (count === 0) return undefined;
  const what = count === 1 ? 'One text has' : `${atLeast(count, more)} texts have`;
  return {
    ...{ id: 'stuck', tone: 'warn', to, action: 'See them' },
    text: `${what} been sent more than three days ago without a word of the carrier on whether it arrived.`,
  };
}

export function atLeast(count: number, more: boolean): string {
  return `${formatCount(count)}${more ? ' or more' : ''}`;
}
