import { type Clock, isAddress, type Log } from '@parley/core';
import * as z from 'zod';

const fraction = z.number().min(0).max(1);
const milliseconds = z.number().min(0).max(3_600_000);

/** How the emulator behaves; the same for the one in process and one that runs on its own. */
export interface EmulatorSettings {
  /** Where to listen on the loopback interface. Default 0: any free port. */
  readonly port?: number;
  /** Seeds what is left to chance: latency, lost and doubled callbacks. Default 1. */
  readonly seed?: number;
  /** `automatic` (default): messages move on by themselves. `manual`: only when told with `report`. */
  readonly progress?: 'automatic' | 'manual';
  /** Milliseconds from each status to the next. Default 40, 160, 600; `spread` (default 0.5) varies them by half. */
  readonly latency?: {
    readonly sending?: number;
    readonly sent?: number;
    readonly outcome?: number;
    readonly spread?: number;
  };
  /** How often, from 0 to 1, a status callback is lost, comes twice, or comes after the next one. Default 0. */
  readonly callbacks?: { readonly loss?: number; readonly duplicates?: number; readonly reordering?: number };
  /** Whether STOP, START and HELP are handled as Twilio does by default. Default `twilio`. */
  readonly optOut?: 'twilio' | 'off';
  /** Whether messaging services add `OptOutType` to texts that opt out, in or ask for help. Default false. */
  readonly advancedOptOut?: boolean;
  /** Above these the API answers 429 with code 20429. Default: no limit. */
  readonly limits?: {
    /** Requests under way at once. */
    readonly concurrency?: number | undefined;
    /** Messages created in one second. */
    readonly perSecond?: number | undefined;
    /** The `Retry-After` of the refusal, in seconds. Default: none is sent. */
    readonly retryAfter?: number | undefined;
  };
  /** Whether media is served with the account's credentials only. Default false. */
  readonly mediaAuth?: boolean;
  /** How many messages are kept; the oldest finished go first. Default 10,000. */
  readonly keepMessages?: number;
  /** How many bytes of uploaded media are kept; the oldest go first. Default 64 MB. */
  readonly keepMediaBytes?: number;
}

/** The schema of {@link EmulatorSettings}, with the defaults. */
export const emulatorSettingsSchema = z.strictObject({
  port: z.number().int().min(0).max(65_535).default(0),
  seed: z.number().int().default(1),
  progress: z.enum(['automatic', 'manual']).default('automatic'),
  latency: z
    .strictObject({
      sending: milliseconds.default(40),
      sent: milliseconds.default(160),
      outcome: milliseconds.default(600),
      spread: fraction.default(0.5),
    })
    .prefault({}),
  callbacks: z
    .strictObject({
      loss: fraction.default(0),
      duplicates: fraction.default(0),
      reordering: fraction.default(0),
    })
    .prefault({}),
  optOut: z.enum(['twilio', 'off']).default('twilio'),
  advancedOptOut: z.boolean().default(false),
  limits: z
    .strictObject({
      concurrency: z.number().int().min(1).optional(),
      perSecond: z.number().int().min(1).optional(),
      retryAfter: z.number().int().min(0).optional(),
    })
    .prefault({}),
  mediaAuth: z.boolean().default(false),
  keepMessages: z.number().int().min(1).default(10_000),
  keepMediaBytes: z.number().int().min(1).default(64_000_000),
});

/** A number that the emulated account owns. */
export interface EmulatedNumber {
  readonly number: string;
  /** Called for texts to it; may end in Twilio's retry options, such as `#rc=2&rp=all`. */
  readonly inboundUrl?: string;
  /** Called for the statuses of messages that bring no callback of their own. */
  readonly statusUrl?: string;
  /** Called when the inbound URL fails. */
  readonly fallbackUrl?: string;
}

/** A messaging service of the emulated account. */
export interface EmulatedService {
  /** `MG…` */
  readonly sid: string;
  /** Its pool. Default: one number of the emulator's own. */
  readonly numbers?: readonly string[];
  readonly inboundUrl?: string;
  readonly statusUrl?: string;
  readonly fallbackUrl?: string;
  /** Calls the number's own webhook instead of the service's. Default false. */
  readonly useInboundWebhookOnNumber?: boolean;
  /** One person is always texted from the same number of the pool. Default true. */
  readonly stickySender?: boolean;
  /** Default: what the emulator's option of the same name says. */
  readonly advancedOptOut?: boolean;
}

/** What {@link createTwilioEmulator} takes. */
export interface TwilioEmulatorOptions extends EmulatorSettings {
  /** Default: made up. */
  readonly accountSid?: string;
  /** Default: made up. */
  readonly authToken?: string;
  /** API keys that may be used in place of the token. */
  readonly apiKeys?: readonly { readonly sid: string; readonly secret: string }[];
  readonly numbers?: readonly EmulatedNumber[];
  readonly services?: readonly EmulatedService[];
  /** The time of messages and of their way. Default: the computer's. */
  readonly clock?: Clock;
  /** The time of webhook time-outs. Default: the computer's, whatever `clock` is. */
  readonly networkClock?: Clock;
  /** Draws from 0 to 1, also for SIDs. Default: seeded with `seed`, and SIDs that are never repeated. */
  readonly random?: () => number;
  readonly log?: Log;
}

const webhookUrl = z.url({ protocol: /^https?$/, error: 'a webhook begins with http:// or https://' });
const address = z
  .string()
  .refine((value) => isAddress(value) as boolean, 'write a number as E.164, a short code, or with its channel');
const serviceSid = z.string().regex(/^MG[0-9a-f]{32}$/i, 'a messaging service is MG and 32 hexadecimal digits');
const aFunction = <Type>() => z.custom<Type>((value) => typeof value === 'function', 'give a function');
const anObject = <Type>() => z.custom<Type>((value) => typeof value === 'object' && value !== null, 'give an object');

/** The schema of {@link TwilioEmulatorOptions}, with the defaults. */
export const emulatorOptionsSchema = z.strictObject({
  ...emulatorSettingsSchema.shape,
  accountSid: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/i, 'an account SID is AC and 32 hexadecimal digits')
    .optional(),
  authToken: z.string().min(1).optional(),
  apiKeys: z.array(z.strictObject({ sid: z.string().min(1), secret: z.string().min(1) })).default([]),
  numbers: z
    .array(
      z.strictObject({
        number: address,
        inboundUrl: webhookUrl.optional(),
        statusUrl: webhookUrl.optional(),
        fallbackUrl: webhookUrl.optional(),
      }),
    )
    .default([]),
  services: z
    .array(
      z.strictObject({
        sid: serviceSid,
        numbers: z.array(address).optional(),
        inboundUrl: webhookUrl.optional(),
        statusUrl: webhookUrl.optional(),
        fallbackUrl: webhookUrl.optional(),
        useInboundWebhookOnNumber: z.boolean().default(false),
        stickySender: z.boolean().default(true),
        advancedOptOut: z.boolean().optional(),
      }),
    )
    .default([]),
  clock: anObject<Clock>().optional(),
  networkClock: anObject<Clock>().optional(),
  random: aFunction<() => number>().optional(),
  log: anObject<Log>().optional(),
});

/** The emulator's options with their defaults. */
export type ResolvedEmulatorOptions = z.output<typeof emulatorOptionsSchema>;
