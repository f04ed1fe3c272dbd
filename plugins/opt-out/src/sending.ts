import { isReply, type OutboundView, type Verdict } from '@parley/core';
import { WHY_OPTED_OUT, whyOf } from './changes.ts';
import type { Settings } from './options.ts';
import { personAt, type Records } from './records.ts';
import { hasGoneOn, type Review, reviewKey } from './reviews.ts';

const WHY_UNSURE = whyOf('error.platform.opt-out.unsure');

/** Lets nothing out to those who have opted out. One read of the storage. */
export type Sending = (view: OutboundView) => Promise<Verdict | undefined>;

export const NAME = 'opt-out';

/** What is said within this time of a text of theirs answers it. */
const ANSWER_WITHIN = 3_600_000;

/** How often it is looked whether somebody has decided. */
const LOOK_EVERY = 3_600_000;

export function createSending({ emergencies, unsure }: Settings, records: Pick<Records, 'standing'>): Sending {
  return async (view) => {
    const { app, message, record } = view;
    if (isOurs(view) || (emergencies && record.category === 'emergency')) return undefined;
    const person = personAt(message.to);
    const { optOut, extra } = await records.standing(person, app, unsure === 'hold' ? reviewKey(person) : undefined);
    if (optOut !== undefined) return { kind: 'deny', ...WHY_OPTED_OUT, rule: optOut.scope };
    return extra === undefined ? undefined : hold(extra as Review, view);
  };
}

/** The confirmation, and what HELP answers. */
function isOurs({ record: { origin } }: OutboundView): boolean {
  return origin.kind === 'plugin' && origin.name === NAME;
}

function hold(review: Review, view: OutboundView): Verdict | undefined {
  const { record, heardAt, now } = view;
  const isQuestion = review.asked?.message === record.id;
  if (isQuestion || answers(view) || hasGoneOn(review, heardAt)) return undefined;
  return { kind: 'defer', until: now + LOOK_EVERY, ...WHY_UNSURE, rule: 'unsure' };
}

function answers({ record, heardAt }: OutboundView): boolean {
  return isReply(record.origin) && heardAt !== undefined && record.at - heardAt <= ANSWER_WITHIN;
}
