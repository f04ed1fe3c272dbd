import type { AuditEntry } from '@parley/api';

/** What was done, in words. */
const WORDS: Readonly<Record<string, string>> = {
  'session.sign-in': 'Signed in',
  'session.sign-out': 'Signed out',
  'messages.export': 'Exported texts',
  'message.refresh': 'Asked the provider about a text',
  'message.resend': 'Sent a text again',
  'message.cancel': 'Took a text back',
  'conversation.reply': 'Wrote to the person',
  'conversation.hand-over': 'Took a conversation from its bot',
  'conversation.resume': 'Gave a conversation back to its bot',
  'conversation.end': 'Ended a journey',
  'conversation.fire': 'Fired a timer before its time',
  'conversation.skip-ahead': 'Let time pass for a conversation',
  'conversation.retry-task': 'Tried a task again before its time',
  'phone.text': 'Texted from an emulated phone',
  'parked.retry': 'Took in again what was parked',
  'parked.skip': 'Dropped what was parked',
  'parked.end': 'Ended journeys with something parked',
  'person.change': 'Changed what is known of a person',
  'person.erase': 'Forgot a person',
};

/** An act that is newer than this page goes by its name. */
export function wordsOf(act: string): string {
  return WORDS[act] ?? act;
}

const PLACES: Readonly<Record<string, string>> = {
  message: '/texts',
  conversation: '/conversations',
  parked: '/conversations',
  person: '/people',
};

export interface Target {
  readonly id: string;
  /** Where it can be looked at; nowhere when it is gone. */
  readonly to?: string;
}

/** What it was done to. */
export function targetsOf({ act, target = '' }: AuditEntry): readonly Target[] {
  const place = act === 'person.erase' ? undefined : PLACES[act.split('.')[0] ?? ''];
  return target
    .split(' ')
    .filter((id) => id !== '')
    .map((id) => ({ id, ...(place === undefined ? {} : { to: `${place}/${encodeURIComponent(id)}` }) }));
}
