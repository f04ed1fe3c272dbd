import { type ActorProfile, type MessageCategory, parseOptions } from '@parley/core';
import * as z from 'zod';
import { isZone } from './clocks.ts';
import { RULES } from './data/index.ts';
import type { Confidence, CoveredCategory, FrequencyCap, HolidayRule, Hours } from './data/rule.ts';
import { isHolidayRule } from './holidays.ts';
import { parseHours } from './hours.ts';

/**
 * What becomes of a message that no rule lets out now. `next`: it waits for the first minute that all allow. `skip`: it is refused. `previous`: where
 * it is planned ahead with {@link Tcpa.plan} it leaves at the end of the window before; at its time it is too late for that, and it waits for the next.
 * `{ send }`: it is sent anyway, for a reason that is kept with the message.
 */
export type Outside = 'next' | 'skip' | 'previous' | { readonly send: string };

export interface TcpaOptions {
  /** What becomes of a message out of hours, on a banned day, or above a cap. Default `next`. */
  readonly outside?: Outside;
  /** The same for apps in mode `preview`. Default: as `outside`. */
  readonly preview?: Outside;
  /** The same for notifications, by name. */
  readonly notifications?: Readonly<Record<string, Outside>>;
  /** The same for apps, by id; goes before all of the above. */
  readonly apps?: Readonly<Record<string, AppOutside>>;
  /** Answers to a person's own text are exempt. `false`: none is. Default: conversational ones, for 24 hours. */
  readonly replies?: Partial<ReplyOptions> | false;
  /** `strict` adds what states have for automated and prerecorded calls. Default `standard`. */
  readonly profile?: 'standard' | 'strict';
  /** Whether laws that are limited to voice are kept for texts as well. Default `apply`; `ignore` leaves the federal hours. */
  readonly voiceRules?: 'apply' | 'ignore';
  /** What becomes of messages to countries for which there is no rule. Default `send`, on record; `skip` refuses them. */
  readonly elsewhere?: 'send' | 'skip';
  /** Bans while an emergency is declared, as regulators announce them. Default: none. */
  readonly emergencyBans?: readonly EmergencyBan[];
  /** What counsel has found out to be otherwise; the later one wins. Default: none. */
  readonly overrides?: readonly Override[];
  /** Countries that the data does not have. Default: none. */
  readonly countries?: readonly Country[];
  /** What else is known of where a person is; goes before the fields of the profile. It has to be quick: it is asked at every check. */
  readonly locate?: (actor: ActorProfile) => Location | undefined;
}

/** Fields of a profile that say where somebody is. */
export type Location = Partial<Pick<ActorProfile, 'postalCode' | 'region' | 'timeZone'>>;

export interface AppOutside {
  readonly outside?: Outside;
  /** By name; goes before `outside` of the app. */
  readonly notifications?: Readonly<Record<string, Outside>>;
}

export interface ReplyOptions {
  /** How long after their last text, in milliseconds. Default 24 hours. */
  readonly within: number;
  /** Default: `conversational`, what bots and people say unless they are told otherwise. */
  readonly categories: readonly MessageCategory[];
}

/** A ban on all days from `from` to `until`, both included, by local date. */
export interface EmergencyBan {
  /** States (`LA`), or `USA` for all. */
  readonly places: readonly string[];
  /** `2026-08-28`. */
  readonly from: string;
  /** `2026-09-04`; until further notice is a date that you move. */
  readonly until: string;
  /** What was declared, and where that is said. */
  readonly reason: string;
  /** Default: marketing and informational. */
  readonly categories?: readonly CoveredCategory[];
}

/** Fields of a place's rule that are otherwise, for all days or some. */
export interface Override {
  /** A state (`FL`) or a country (`USA`: the federal rule). */
  readonly place: string;
  /** Who says so: goes into answers to why. */
  readonly source: string;
  /** The first local day, `2026-10-18`. Default: all days so far. */
  readonly from?: string;
  /** The last local day. Default: none. */
  readonly until?: string;
  /** `09:00-20:00`, or `null` for no text on such a day. What is left out stays as it is. */
  readonly hours?: Partial<Hours>;
  /** Days without texts in place of the data's own list; `none`: holidays are days like others. */
  readonly holidays?: readonly HolidayRule[] | 'none';
  /** Days without texts besides the others, such as one that a governor has proclaimed. */
  readonly extraHolidays?: readonly HolidayRule[];
  /** `null`: none. */
  readonly frequencyCap?: FrequencyCap | null;
  readonly covers?: readonly CoveredCategory[];
  readonly confidence?: Confidence;
}

/** A country that the data does not have. */
export interface Country {
  /** Three letters of ISO 3166: `DEU`. */
  readonly place: string;
  readonly name: string;
  /** How its numbers begin: `+49`. */
  readonly callingCode: string;
  readonly zones: readonly string[];
  readonly hours: Hours;
  readonly source: string;
  /** Its two letters for `date-holidays`, with which its public holidays are days without texts. Default: holidays are days like others. */
  readonly holidays?: string;
  readonly frequencyCap?: FrequencyCap;
  readonly covers?: readonly CoveredCategory[];
}

const HOUR = 3_600_000;

const outside = z.union([
  z.enum(['next', 'skip', 'previous']),
  z.strictObject({ send: z.string().trim().min(1, 'sending anyway takes a reason, for the record') }),
]);
const day = z.iso.date('a day is written like 2026-10-18');
const span = z
  .string()
  .refine((text) => parseHours(text) !== undefined, 'hours are written like 09:00-20:00, and end on the same day');
const spanOrNone = span.nullable();
const covered = z.array(z.enum(['marketing', 'informational']));
const holidayRule = z.strictObject({
  name: z.string().min(1),
  rule: z.string().refine(isHolidayRule, 'a day is written as date-holidays does: 12-24, or 3rd monday in January'),
});
const cap = z.strictObject({
  max: z.number().int().min(1).max(100),
  perHours: z.number().positive(),
  scope: z.string().optional(),
});
const hours = z.strictObject({ weekday: spanOrNone, saturday: spanOrNone, sunday: spanOrNone });

const knownPlaces = new Set(RULES.map(({ place }) => place));

const optionsSchema = z
  .strictObject({
    outside: outside.default('next'),
    preview: outside.optional(),
    notifications: z.record(z.string(), outside).default({}),
    apps: z
      .record(
        z.string(),
        z.strictObject({ outside: outside.optional(), notifications: z.record(z.string(), outside).default({}) }),
      )
      .default({}),
    replies: z
      .union([
        z.literal(false),
        z.strictObject({
          within: z
            .number()
            .positive()
            .default(24 * HOUR),
          categories: z
            .array(z.enum(['conversational', 'informational', 'marketing', 'emergency']))
            .default(['conversational']),
        }),
      ])
      .prefault({}),
    profile: z.enum(['standard', 'strict']).default('standard'),
    voiceRules: z.enum(['apply', 'ignore']).default('apply'),
    elsewhere: z.enum(['send', 'skip']).default('send'),
    emergencyBans: z
      .array(
        z
          .strictObject({
            places: z.array(z.string()).min(1),
            from: day,
            until: day,
            reason: z.string().trim().min(1),
            categories: covered.optional(),
          })
          .refine(({ from, until }) => from <= until, 'a ban ends no earlier than it begins'),
      )
      .default([]),
    overrides: z
      .array(
        z.strictObject({
          place: z.string(),
          source: z.string().trim().min(1, 'an override names its source'),
          from: day.optional(),
          until: day.optional(),
          hours: hours.partial().optional(),
          holidays: z.union([z.array(holidayRule), z.literal('none')]).optional(),
          extraHolidays: z.array(holidayRule).optional(),
          frequencyCap: cap.nullable().optional(),
          covers: covered.optional(),
          confidence: z.enum(['high', 'medium', 'low']).optional(),
        }),
      )
      .default([]),
    countries: z
      .array(
        z.strictObject({
          place: z
            .string()
            .regex(/^[A-Z]{3}$/, 'a country has three letters')
            .refine((place) => !knownPlaces.has(place), 'this country is in the data: use overrides'),
          name: z.string().min(1),
          callingCode: z.string().regex(/^\+[2-9]\d{0,6}$/, 'a calling code is written like +49'),
          zones: z.array(z.string().refine(isZone, 'a time zone is an IANA name such as Europe/Berlin')).min(1),
          hours,
          source: z.string().trim().min(1),
          holidays: z
            .string()
            .regex(/^[A-Z]{2}$/, 'a country has two letters here')
            .optional(),
          frequencyCap: cap.optional(),
          covers: covered.optional(),
        }),
      )
      .default([]),
    locate: z
      .custom<(actor: ActorProfile) => Location | undefined>((value) => typeof value === 'function', 'it is a function')
      .optional(),
  })
  .superRefine(({ emergencyBans, overrides, countries }, context) => {
    const known = new Set([...knownPlaces, ...countries.map(({ place }) => place)]);
    const named = [...emergencyBans.flatMap(({ places }) => places), ...overrides.map(({ place }) => place)];
    for (const place of named) {
      if (known.has(place)) continue;
      context.addIssue({
        code: 'custom',
        message: `there is no rule for ${place}: states have two letters, countries three`,
      });
    }
  });

/** The options with their defaults. */
export type Settings = z.output<typeof optionsSchema>;

/** @throws `error.platform.config.malformed` */
export function parseTcpaOptions(options: TcpaOptions): Settings {
  return parseOptions(optionsSchema, options, 'tcpa');
}
