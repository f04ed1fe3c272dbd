/**
 * The words that Twilio takes as opting out, in, and asking for help: a whole message, in any case.
 * Source: support.twilio.com/hc/en-us/articles/223134027, and for REVOKE and OPTOUT Twilio's blog of 2025-05-14.
 */
const WORDS = {
  stop: new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT']),
  start: new Set(['START', 'YES', 'UNSTOP']),
  help: new Set(['HELP', 'INFO']),
} as const;

/** What Twilio itself answers (worded from memory; an account can change it). */
export const OPT_OUT_REPLIES = {
  stop: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
  start:
    'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
  help: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
} as const;

/** What a text means for consent. */
export type OptOutKind = keyof typeof WORDS;

const TOLL_FREE = /^\+1(800|833|844|855|866|877|888)\d{7}$/;

/**
 * Reads a text as Twilio's default handling does for this number: short codes are not handled by Twilio, of a toll-free
 * number the network knows STOP, START and UNSTOP only, and YES opts in only who is out.
 */
export function optOutKind(text: string, number: string, optedOut: boolean): OptOutKind | undefined {
  if (!number.startsWith('+')) return undefined;
  const word = text.trim().toUpperCase();
  if (TOLL_FREE.test(number)) {
    return word === 'STOP' ? 'stop' : word === 'START' || word === 'UNSTOP' ? 'start' : undefined;
  }
  if (WORDS.stop.has(word)) return 'stop';
  if (WORDS.start.has(word)) return word === 'YES' && !optedOut ? undefined : 'start';
  return WORDS.help.has(word) ? 'help' : undefined;
}

/** Who has opted out of which number, or of the whole service that the number is in. */
export interface OptOuts {
  has(sender: string, person: string): boolean;
  set(sender: string, person: string, out: boolean): void;
}

/** So many are remembered; beyond, the ones longest ago are forgotten. */
const MOST = 100_000;

export function createOptOuts(): OptOuts {
  const out = new Set<string>();
  return {
    has: (sender, person) => out.has(`${sender}/${person}`),
    set(sender, person, isOut) {
      if (isOut) out.add(`${sender}/${person}`);
      else out.delete(`${sender}/${person}`);
      for (const oldest of out.size > MOST ? out : []) {
        out.delete(oldest);
        break;
      }
    },
  };
}
