import { type ActorProfile, type App, codeOf, type Organization, ParleyError, personOf } from '@parley/core';
import { type Notification, UNNAMED } from './definition/notification.ts';
import type { FormattingOptions } from './template/formatting.ts';
import { partLinks } from './template/links.ts';
import { chooseFor, formattingLocale } from './template/locale.ts';

/** What holds for all notifications of an organization. */
export interface Customs {
  /** Of texts that name no locale, BCP 47. */
  readonly locale: string;
  /** Of people of whom none is known, IANA. */
  readonly timeZone: string;
  /** ISO 4217. */
  readonly currency: string;
}

/** Whom and what a text is made for. */
export interface Occasion {
  readonly organization: Pick<Organization, 'name'>;
  readonly app: Pick<App, 'id'>;
  readonly actor: ActorProfile;
  /** As the notification's schema has taken it. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The message's id: the same gives the same text, chance included. */
  readonly id: string;
}

/** One message, or several that leave one after the other. */
export interface Composed {
  readonly text: string;
  /** Links that leave on their own. */
  readonly further: readonly string[];
}

/**
 * Makes the text of a notification for one person.
 *
 * @throws `error.platform.notification.not-rendered`
 */
export function compose(notification: Notification, occasion: Occasion, customs: Customs): Composed {
  const { organization, app, actor, data, now, id } = occasion;
  const { locale, value: template } = chooseFor(notification.texts, actor.locale);
  const formatting: FormattingOptions = {
    locale: formattingLocale(locale === UNNAMED ? customs.locale : locale, actor.locale),
    timeZone: actor.timeZone ?? customs.timeZone,
    ...{ currency: customs.currency, now, seed: id },
  };
  const scope = { ...data, actor: scopeOf(actor), app: { id: app.id }, organization: { name: organization.name } };
  let text: string;
  try {
    text = template.render(scope, formatting);
  } catch (cause) {
    const problem = problemOf(cause);
    throw new ParleyError('error.platform.notification.not-rendered', { notification: notification.name, problem });
  }
  if (!notification.linkAlone) return { text, further: [] };
  const { text: rest, links } = partLinks(text);
  const [first = '', ...others] = rest === '' ? links : [rest, ...links];
  return { text: first, further: others };
}

/** What a template is given of a person, named as in Airkit's texts. */
function scopeOf(actor: ActorProfile): Readonly<Record<string, unknown>> {
  const { address, firstName, lastName, email, timeZone, region, postalCode, locale, attributes = {} } = actor;
  const fullName = [firstName, lastName].filter((name) => name !== undefined && name !== '').join(' ');
  return {
    ...{ first_name: firstName, last_name: lastName, full_name: fullName, email, region, locale, attributes },
    ...{ time_zone: timeZone, postal_code: postalCode, phone: personOf(address) },
  };
}

/** Liquid's own sentences name limits, filters and places in the template. Those of others may hold a value: only their kind is told. */
function problemOf(cause: unknown): string {
  const { originalError } = cause as { readonly originalError?: unknown };
  const thrown = originalError ?? cause;
  const isOurs = thrown instanceof Error && /^the filter|limit exceeded$/.test(thrown.message);
  return isOurs ? thrown.message : codeOf(thrown);
}
