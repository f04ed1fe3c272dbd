import * as z from 'zod';
import type { Address } from './address.ts';
import { type Bot, botSchema } from './bot.ts';
import { addressSchema, idSchema, requireUnique } from './definitions.ts';
import { carrierRate, type Pace } from './pace.ts';
import { parseOptions } from './parse-options.ts';
import { personOf } from './profiles.ts';

/** A set of bots and notifications behind one number or messaging service. */
export interface App {
  readonly id: string;
  /** `preview` for trying out, `published` for real people. */
  readonly mode: 'preview' | 'published';
  /** The number or messaging service that it texts from. */
  readonly address: Address;
  /** The key of its transport in the organization. */
  readonly transport: string;
  readonly bots: readonly Bot[];
  /** Said once when a bot throws at a person's text. */
  readonly fallback: string | undefined;
  /** Said when no bot wants a text; nothing unless set. */
  readonly otherwise: string | undefined;
  /** Whether texts that come close together are one event. */
  readonly debounce: Debounce | undefined;
  /** When a conversation talks in circles. */
  readonly loopGuard: LoopGuard | undefined;
  /** How fast it may send. */
  readonly pace: Pace;
  /** What becomes of texts that are too long for one message. */
  readonly longTexts: 'refuse' | 'split';
  /** Whether every step of its bots is written down, with what they were told and know. */
  readonly journal: boolean;
  /** Whether the console and the API keep its texts to themselves. */
  readonly confidential: boolean;
  /** The only people that it texts, by their numbers without a channel; `undefined` for everybody. */
  readonly onlyTo: readonly string[] | undefined;
}

/** Texts that come close together are taken in as one event. All in milliseconds. */
export interface Debounce {
  /** How long to wait for another text after each one. */
  readonly window: number;
  /** How long the first of them waits at most. */
  readonly atMost: number;
}

/** When a conversation is taken for two machines that answer one another (Twilio's error 14107 has the same figures). */
export interface LoopGuard {
  /** With this many replies the conversation is parked. */
  readonly replies: number;
  /** Two replies further apart than this are no loop, in milliseconds. */
  readonly gap: number;
}

const SECOND = 1000;

const DEFAULT_LOOP_GUARD: LoopGuard = { replies: 30, gap: 30 * SECOND };

const appSchema = z
  .strictObject({
    id: idSchema,
    mode: z.enum(['preview', 'published']).default('preview'),
    number: addressSchema.optional(),
    messagingService: z
      .custom<Address>(
        (value) => typeof value === 'string' && /^MG[0-9a-f]{32}$/.test(value),
        'a messaging service is MG and 32 hexadecimal digits',
      )
      .optional(),
    transport: z.string().min(1).optional(),
    bots: z.array(z.custom<Bot>((value) => botSchema.safeParse(value).success, 'make it with defineBot')).default([]),
    fallback: z.string().min(1).max(1600).optional(),
    otherwise: z.string().min(1).max(1600).optional(),
    debounce: z
      .strictObject({
        window: z
          .number()
          .positive()
          .max(60 * SECOND),
        atMost: z
          .number()
          .positive()
          .max(300 * SECOND)
          .optional(),
      })
      .refine(({ window, atMost = window }) => atMost >= window, 'atMost is no shorter than window')
      .optional(),
    longTexts: z.enum(['refuse', 'split']).default('refuse'),
    journal: z.boolean().optional(),
    confidential: z.boolean().default(false),
    onlyTo: z.array(addressSchema).optional(),
    pace: z
      .strictObject({ perSecond: z.number().positive().optional(), perDay: z.number().int().positive().optional() })
      .default({}),
    loopGuard: z
      .union([z.literal(false), z.strictObject({ replies: z.number().int().min(2), gap: z.number().positive() })])
      .default(DEFAULT_LOOP_GUARD),
  })
  .refine(
    (app) => (app.number === undefined) !== (app.messagingService === undefined),
    'give either number or messagingService',
  );

/** What {@link defineApp} takes. */
export interface AppOptions {
  readonly id: string;
  /** Default `preview`. */
  readonly mode?: 'preview' | 'published';
  /** The number that it is texted at and texts from: E.164, a short code, `whatsapp:+14155550100`, or a name such as `web:support`. */
  readonly number?: string;
  /** A messaging service (`MG…`) in place of a number. */
  readonly messagingService?: string;
  /** The key of its transport in the organization; not needed where there is only one. */
  readonly transport?: string;
  readonly bots?: readonly Bot[];
  /** Said once when a bot throws at a person's text. Default: nothing is said. */
  readonly fallback?: string;
  /** Said when a text starts no bot. Default: nothing is said. */
  readonly otherwise?: string;
  /**
   * Takes texts that come within `window` milliseconds of one another (60,000 at most) for one, so that three quick texts get one
   * answer. The first waits no longer than `atMost` (default five windows). Default: every text is an event of its own.
   */
  readonly debounce?: { readonly window: number; readonly atMost?: number };
  /**
   * What becomes of a text of more than 1,600 characters. `refuse` (default): the bot has failed, with
   * `error.platform.message.too-long`. `split`: it leaves in several messages, cut at ends of sentences, in order.
   */
  readonly longTexts?: 'refuse' | 'split';
  /**
   * The only people that it texts: E.164 numbers, whatever the channel. A message to anybody else, a reply too, fails with
   * `error.platform.send.not-on-list` before any policy or provider is asked; so an empty list texts nobody. Meant for previews.
   * Default: everybody.
   */
  readonly onlyTo?: readonly string[] | undefined;
  /**
   * Whether every step of its bots is kept in the activity, for people to look back through: what the machine was told and all that it knows
   * after it, which includes texts. Default: in preview apps only.
   */
  readonly journal?: boolean;
  /**
   * Whether the console and the API show nobody what is said in it and what its bots know, only that something was. Default `false`.
   */
  readonly confidential?: boolean;
  /**
   * How fast it may send, for each process. `perSecond`: default of a published app what carriers let its sender send (a number
   * 1, toll-free 3, a short code 10, other channels 80; a messaging service as fast as it goes), of a preview app no limit. Replies go
   * ahead of notifications. `perDay` (UTC): messages beyond it fail with `error.platform.send.daily-cap`. Default: no limit.
   */
  readonly pace?: { readonly perSecond?: number; readonly perDay?: number };
  /**
   * Parks a conversation in which bots have replied `replies` times with less than `gap` milliseconds between any two.
   * Default: 30 replies, 30,000 ms. `false`: never.
   */
  readonly loopGuard?: LoopGuard | false;
}

/** An app before its organization has given it a transport. */
export type AppDefinition = Omit<App, 'transport'> & { readonly transport: string | undefined };

/**
 * Makes an app.
 *
 * ```ts
 * const clinic = defineApp({ id: 'clinic', number: '+14155550100', bots: [appointments] });
 * ```
 *
 * @throws `error.platform.config.malformed`, `error.platform.config.duplicate-id`
 */
export function defineApp(options: AppOptions): AppDefinition {
  const { number, messagingService, ...app } = parseOptions(appSchema, options, 'defineApp');
  requireUnique(
    'bot',
    app.bots.map((bot) => `${bot.id}@${bot.version}`),
  );
  const address = (number ?? messagingService) as Address;
  return {
    id: app.id,
    mode: app.mode,
    address,
    transport: app.transport,
    bots: app.bots,
    fallback: app.fallback,
    otherwise: app.otherwise,
    debounce: app.debounce && { window: app.debounce.window, atMost: app.debounce.atMost ?? 5 * app.debounce.window },
    loopGuard: app.loopGuard === false ? undefined : app.loopGuard,
    longTexts: app.longTexts,
    journal: app.journal ?? app.mode === 'preview',
    confidential: app.confidential,
    onlyTo: app.onlyTo?.map(personOf),
    pace: {
      perSecond: app.pace.perSecond ?? (app.mode === 'published' ? carrierRate(address) : undefined),
      perDay: app.pace.perDay,
    },
  };
}
