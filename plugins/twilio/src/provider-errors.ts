/**
 * When sending the same text again can help:
 * - `never`: it will be refused again.
 * - `soon`: Twilio was busy and surely did not take it; back off and try again.
 * - `later`: after minutes or hours.
 * - `fixed`: once an operator has mended the account; until then the text waits.
 */
export type Retry = 'never' | 'soon' | 'later' | 'fixed';

/** What Twilio means by one of its error codes, and what to do about it. */
export interface ProviderError {
  readonly meaning: string;
  readonly advice: string;
  readonly retry: Retry;
}

/**
 * Twilio's error codes that a sender of texts meets. Codes below 30000, 35xxx, and 63xxx can answer a create at
 * once; 300xx arrive later, in a status callback. Sources: docs/reference/twilio.md, section Errors.
 */
export const providerErrors = {
  '12300': {
    meaning: 'The media URL answers with a content type that Twilio does not take.',
    advice: 'Serve it with its own MIME type, one of those that Twilio accepts.',
    retry: 'never',
  },
  '20003': {
    meaning: 'The credentials were not accepted.',
    advice: 'Check the account SID and the auth token or API key. The text waits until they are right.',
    retry: 'fixed',
  },
  '20005': {
    meaning: 'The account is not active.',
    advice: 'Reactivate the account at Twilio. The text waits.',
    retry: 'fixed',
  },
  '20429': { meaning: 'Too many requests; this one was not processed.', advice: 'Nothing to do.', retry: 'soon' },
  '21211': { meaning: 'The recipient is not a valid phone number.', advice: 'Correct the number.', retry: 'never' },
  '21212': { meaning: 'The sender is not a valid phone number.', advice: 'Correct the number.', retry: 'never' },
  '21266': { meaning: 'Sender and recipient are the same.', advice: 'Text another number.', retry: 'never' },
  '21408': {
    meaning: 'The account may not text this region.',
    advice: 'Enable the region under Messaging, Geo permissions.',
    retry: 'never',
  },
  '21601': { meaning: 'The sender can not send texts.', advice: 'Use a number with SMS.', retry: 'never' },
  '21602': { meaning: 'The text is empty.', advice: 'Give the message text or media.', retry: 'never' },
  '21603': { meaning: 'There is no sender.', advice: 'Give the app a number or a messaging service.', retry: 'never' },
  '21604': { meaning: 'There is no recipient.', advice: 'Name the recipient.', retry: 'never' },
  '21606': {
    meaning: 'The sender is not a number of this account that can text the recipient.',
    advice: 'Check that the number belongs to the account whose credentials are used.',
    retry: 'never',
  },
  '21608': {
    meaning: 'A trial account texts verified numbers only.',
    advice: 'Verify the recipient at Twilio, or upgrade the account.',
    retry: 'never',
  },
  '21609': {
    meaning: 'The status callback is not a URL that Twilio can call.',
    advice: 'Set the public URL of the server.',
    retry: 'never',
  },
  '21610': {
    meaning: 'The recipient has opted out.',
    advice: 'Record the opt-out; do not text again.',
    retry: 'never',
  },
  '21611': {
    meaning: "The sender's queue is full.",
    advice: 'Send slower, or from a pool of numbers.',
    retry: 'later',
  },
  '21612': {
    meaning: 'The sender can not reach this recipient.',
    advice: 'Use a sender that can, such as a number of the same country.',
    retry: 'never',
  },
  '21614': { meaning: 'The recipient can not get texts.', advice: 'Reach the person another way.', retry: 'never' },
  '21617': { meaning: 'The text has more than 1,600 characters.', advice: 'Shorten it or split it.', retry: 'never' },
  '21620': { meaning: 'A media URL is not valid.', advice: 'Give a public http or https URL.', retry: 'never' },
  '21623': { meaning: 'There are more than 10 media.', advice: 'Send them in several messages.', retry: 'never' },
  '21635': { meaning: 'The recipient is a landline.', advice: 'Reach the person another way.', retry: 'never' },
  '21704': { meaning: 'The messaging service has no numbers.', advice: 'Add a sender to it.', retry: 'fixed' },
  '21705': { meaning: 'The messaging service is not valid.', advice: 'Check its SID.', retry: 'never' },
  '30001': { meaning: 'The queue overflowed, or the text got too old in it.', advice: 'Send slower.', retry: 'later' },
  '30002': { meaning: 'The account is suspended.', advice: 'Ask Twilio.', retry: 'never' },
  '30003': {
    meaning: 'The handset is off or out of reach.',
    advice: 'Try a few times over hours, not more.',
    retry: 'later',
  },
  '30004': { meaning: 'The recipient or carrier blocks the text.', advice: 'Do not text again.', retry: 'never' },
  '30005': { meaning: 'The number is unknown or no longer in use.', advice: 'Remove the number.', retry: 'never' },
  '30006': {
    meaning: 'The number is a landline or its carrier is out of reach.',
    advice: 'Reach the person another way.',
    retry: 'never',
  },
  '30007': {
    meaning: 'The carrier or Twilio filtered the text as unwanted.',
    advice: 'Look at the content and the registration of the sender; tell an operator.',
    retry: 'never',
  },
  '30008': { meaning: 'The carrier gave no reason.', advice: 'Try once or twice, later.', retry: 'later' },
  '30034': {
    meaning: 'The sender is not registered for US texting (A2P 10DLC).',
    advice: 'Register brand and campaign at Twilio.',
    retry: 'never',
  },
  '30047': {
    meaning: "Twilio's compliance toolkit could not reschedule the text.",
    advice: 'Send in the permitted hours.',
    retry: 'later',
  },
  '30450': { meaning: 'Twilio suspects SMS pumping.', advice: 'Check who asks for these texts.', retry: 'never' },
  '30610': { meaning: "The recipient's quiet hours.", advice: 'Send in the permitted hours.', retry: 'later' },
  '30640': { meaning: 'The recipient is a known litigator.', advice: 'Do not text again.', retry: 'never' },
  '35111': {
    meaning: 'The time to send at is out of bounds.',
    advice: 'Choose 15 minutes to 35 days.',
    retry: 'never',
  },
  '35114': {
    meaning: 'The time to send at is out of bounds.',
    advice: 'Choose 15 minutes to 35 days.',
    retry: 'never',
  },
  '35115': {
    meaning: 'The time to send at is out of bounds.',
    advice: 'Choose 15 minutes to 35 days.',
    retry: 'never',
  },
  '35117': {
    meaning: 'The time to send at is out of bounds.',
    advice: 'Choose 15 minutes to 35 days.',
    retry: 'never',
  },
  '63016': {
    meaning: 'More than 24 hours since the person wrote on WhatsApp.',
    advice: 'Send an approved template.',
    retry: 'never',
  },
  '63017': { meaning: 'The channel is over its rate.', advice: 'Send slower.', retry: 'later' },
  '63018': { meaning: 'The sender is over its rate.', advice: 'Send slower.', retry: 'later' },
  '63034': { meaning: 'A medium is larger than 5 MB.', advice: 'Make it smaller.', retry: 'never' },
} as const satisfies Readonly<Record<string, ProviderError>>;

/** What is known of a code of Twilio's. */
export function providerError(code: string): ProviderError | undefined {
  return Object.hasOwn(providerErrors, code) ? providerErrors[code as keyof typeof providerErrors] : undefined;
}

const MINUTE = 60_000;

/** How long to wait before the next try where Twilio does not say, in milliseconds; `undefined`: as the caller likes. */
export const retryDelays = {
  never: undefined,
  soon: undefined,
  later: 5 * MINUTE,
  fixed: 5 * MINUTE,
} as const satisfies Record<Retry, number | undefined>;
