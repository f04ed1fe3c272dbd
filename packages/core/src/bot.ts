import type { AnyStateMachine } from 'xstate';
import * as z from 'zod';
import { idSchema, isObjectWith } from './definitions.ts';
import type { PersistedSnapshot } from './host/snapshot.ts';
import type { JourneyEnd, JourneyStarted } from './journey-hooks.ts';
import { parseOptions } from './parse-options.ts';
import { type Trigger, triggerSchema } from './triggers.ts';

/** An XState machine with an id, a version and triggers. */
export interface Bot {
  readonly id: string;
  readonly version: string;
  readonly machine: AnyStateMachine;
  /** What starts it; without triggers it starts by API or by another bot only. */
  readonly triggers: readonly Trigger[];
  /** What becomes of the text that started it: see {@link BotOptions.firstText}. */
  readonly firstText: 'input' | 'event';
  /** How long a journey may last, in milliseconds. */
  readonly expiresAfter: number;
  /** What becomes of a journey that is running when a trigger of this bot fires. */
  readonly conflict: 'use' | 'replace';
  readonly migrate: Migrate | undefined;
  readonly onStart: ((journey: JourneyStarted) => void) | undefined;
  readonly onEnd: ((journey: JourneyEnd) => void) | undefined;
}

/**
 * Makes a snapshot of another version of the bot one of this version: changes `value`, `context` and `children`.
 *
 * @param from the version that the journey is on
 */
export type Migrate = (snapshot: PersistedSnapshot, from: string) => PersistedSnapshot;

const DAY = 86_400_000;

/** How long a journey lasts unless its bot says otherwise. */
const DEFAULT_JOURNEY = 30 * DAY;

/** How long a journey may last at most, counted from its start. */
export const LONGEST_JOURNEY: number = 90 * DAY;

/** The schema of {@link BotOptions}, with the defaults. */
export const botSchema = z.strictObject({
  id: idSchema,
  version: z.string().min(1).default('1'),
  machine: z.custom<AnyStateMachine>(isMachine, 'a machine is what createMachine or setupBot(…).createMachine returns'),
  triggers: z.array(triggerSchema).default([]),
  firstText: z.enum(['input', 'event']).default('input'),
  expiresAfter: z
    .number()
    .int()
    .positive()
    .max(LONGEST_JOURNEY, 'a journey lasts 90 days at most')
    .default(DEFAULT_JOURNEY),
  conflict: z.enum(['use', 'replace']).default('use'),
  migrate: functionSchema<Migrate>(),
  onStart: functionSchema<(journey: JourneyStarted) => void>(),
  onEnd: functionSchema<(journey: JourneyEnd) => void>(),
});

function functionSchema<Type>() {
  return z.custom<Type>((value) => typeof value === 'function', 'write a function').optional();
}

/** What {@link defineBot} takes. */
export interface BotOptions {
  /** Lower-case letters, digits and dashes; unique in its app together with the version. */
  readonly id: string;
  /** Default `'1'`. A journey stays on the version it began with. */
  readonly version?: string;
  readonly machine: AnyStateMachine;
  /** What starts it: `keyword('BOOK')`, `pattern(/…/)`, `matching(…)`, `firstContact()`, `anyText()`. Default: nothing but the API. */
  readonly triggers?: readonly Trigger[];
  /**
   * What becomes of the text that started the bot. `input` (default): it is in the machine's input only, and the
   * machine speaks first. `event`: the machine gets it as its first `message.received` as well.
   */
  readonly firstText?: 'input' | 'event';
  /** How long a journey may last, in milliseconds. Default 30 days, 90 at most. */
  readonly expiresAfter?: number;
  /**
   * What becomes of a journey that is running when a keyword, a pattern or a matching text of this bot comes. `use` (default): it goes on, and
   * gets the text. `replace`: it ends, and this bot begins; for words such as MENU or RESTART.
   */
  readonly conflict?: 'use' | 'replace';
  /**
   * Brings journeys of versions that are no longer registered to this one: is given the snapshot and the version that it is of,
   * and gives back the snapshot for this version. Pending timers of states that are still active stay; those of new
   * states begin anew, as do invoked actors that are missing. Without it such journeys are parked.
   *
   * ```ts
   * migrate: (snapshot, from) => ({ ...snapshot, value: snapshot.value === 'asking' ? 'askingDay' : snapshot.value })
   * ```
   */
  readonly migrate?: Migrate;
  /** Called as a journey begins, ahead of whatever its machine says. Synchronous: it is part of the turn. */
  readonly onStart?: (journey: JourneyStarted) => void;
  /** Called as a journey ends, for whatever reason. Synchronous: it is part of the turn. */
  readonly onEnd?: (journey: JourneyEnd) => void;
}

/**
 * Makes a bot of a machine.
 *
 * ```ts
 * const echo = defineBot({ id: 'echo', machine, triggers: [anyText()], firstText: 'event' });
 * ```
 *
 * @throws `error.platform.config.malformed`
 */
export function defineBot(options: BotOptions): Bot {
  const { migrate, onStart, onEnd, ...bot } = parseOptions(botSchema, options, 'defineBot');
  return { ...bot, migrate, onStart, onEnd };
}

function isMachine(value: unknown): boolean {
  return isObjectWith(value, ['root', 'config', 'provide', 'transition']);
}
