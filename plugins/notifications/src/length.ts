import { type ActorProfile, type Address, type LintWarning, ParleyError } from '@parley/core';
import { SegmentedMessage } from 'sms-segments-calculator';
import { type Composed, type Customs, compose } from './compose.ts';
import { takeData } from './definition/data.ts';
import { exampleOf, longestOf } from './definition/declarations.ts';
import { type Notification, UNNAMED } from './definition/notification.ts';

/** What a message takes; Twilio refuses longer ones (error 21617). */
export const LONGEST_TEXT = 1600;

/** A person as there are many. */
const SOMEBODY: ActorProfile = {
  address: '+14155550123' as Address,
  firstName: 'Alexandra',
  lastName: 'Example',
  email: 'alexandra@example.com',
  timeZone: 'America/Los_Angeles',
  region: 'CA',
  postalCode: '94103',
};

/** Names are seldom longer. */
const LONG_NAMES = { firstName: 'm'.repeat(35), lastName: 'm'.repeat(35) };

/** Tuesday, 2026-12-01. */
const SOME_DAY = Date.UTC(2026, 11, 1, 17);

/** How many segments carriers bill for a text; with links apart, for all of its messages. */
export function segmentsOf({ text, further }: Composed): number {
  return [text, ...further].reduce((sum, one) => sum + (one === '' ? 0 : new SegmentedMessage(one).segmentsCount), 0);
}

/**
 * What is to be known of a notification's length before it is sent, in each of its locales.
 *
 * @throws `error.platform.notification.template-malformed` at one whose example is longer than a message, or can not be made.
 */
export function reviewLength(notification: Notification, customs: Customs): readonly LintWarning[] {
  return notification.texts.flatMap((text) => {
    const alone: Notification = { ...notification, texts: [text] };
    const where = `The notification ${notification.name}${text.locale === UNNAMED ? '' : ` (${text.locale})`}`;
    const example = exampleFor(alone, customs, text.locale);
    return [
      ...(example === undefined ? [] : remarksOn(example, where)),
      ...remarksOnLongest(alone, customs, where, text.locale),
    ];
  });
}

function exampleFor(notification: Notification, customs: Customs, locale: string): Composed | undefined {
  const { declarations, example } = notification;
  const data = example ?? (declarations === undefined ? undefined : exampleOf(declarations));
  // A schema of somebody's own says nothing of what values look like.
  if (data === undefined) return undefined;
  try {
    const composed = composeFor(notification, customs, takeData(notification, data), {});
    requireShort(composed);
    return composed;
  } catch (cause) {
    const problem = `with its example ${cause instanceof ParleyError ? cause.message : 'it failed'}`;
    throw new ParleyError(
      'error.platform.notification.template-malformed',
      { notification: notification.name, locale, problem },
      { cause },
    );
  }
}

function requireShort({ text, further }: Composed): void {
  const length = Math.max(...[text, ...further].map((one) => one.length));
  if (length > LONGEST_TEXT) throw new ParleyError('error.platform.message.too-long', { length, limit: LONGEST_TEXT });
}

function remarksOn(example: Composed, where: string): readonly LintWarning[] {
  const segments = segmentsOf(example);
  const messages = 1 + example.further.length;
  const costly = [...new Set([example.text, ...example.further].flatMap(costlyIn))];
  return [
    ...(segments <= messages
      ? []
      : [{ rule: 'long-notification', message: `${where} takes ${segments} segments, as its example shows.` }]),
    ...(costly.length === 0
      ? []
      : [
          {
            rule: 'costly-characters',
            message: `${where} has characters that leave 70 to a segment in place of 160: ${costly.join(' ')}`,
          },
        ]),
  ];
}

function costlyIn(text: string): readonly string[] {
  const { encodingName, encodedChars } = new SegmentedMessage(text);
  return encodingName === 'GSM-7' ? [] : encodedChars.filter(({ isGSM7 }) => !isGSM7).map(({ raw }) => raw);
}

function remarksOnLongest(
  notification: Notification,
  customs: Customs,
  where: string,
  locale: string,
): readonly LintWarning[] {
  if (notification.declarations === undefined) return [];
  const { text } = composeFor(notification, customs, longestOf(notification.declarations), LONG_NAMES);
  if (text.length <= LONGEST_TEXT) return [];
  const rule = 'long-notification';
  return [
    {
      rule,
      message: `${where} has up to ${text.length} characters where a message takes ${LONGEST_TEXT}: lower maxLength${locale === UNNAMED ? '' : ` or shorten the text ${locale}`}.`,
    },
  ];
}

function composeFor(
  notification: Notification,
  customs: Customs,
  data: Readonly<Record<string, unknown>>,
  names: Partial<ActorProfile>,
): Composed {
  return compose(
    notification,
    {
      organization: { name: 'Example' },
      app: { id: notification.app ?? 'app' },
      actor: { ...SOMEBODY, ...names },
      ...{ data, now: SOME_DAY, id: 'example' },
    },
    customs,
  );
}
