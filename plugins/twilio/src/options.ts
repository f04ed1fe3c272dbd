import { ParleyError, parseOptions } from '@parley/core';
import * as z from 'zod';
import { type EmulatorSettings, emulatorSettingsSchema } from './emulator/settings.ts';

const SECOND = 1_000;

/** The schema of {@link TwilioOptions}, with the defaults. */
const ACCOUNT_SID = /^AC[0-9a-f]{32}$/i;
const NO_ACCOUNT_SID = 'an account SID is AC and 32 hexadecimal digits';

export const optionsSchema = z
  .strictObject({
    accountSid: z.string().regex(ACCOUNT_SID, NO_ACCOUNT_SID).optional(),
    authToken: z.string().min(1).optional(),
    previousAuthToken: z.string().min(1).optional(),
    apiKey: z
      .string()
      .regex(/^SK[0-9a-f]{32}$/i, 'an API key is SK and 32 hexadecimal digits')
      .optional(),
    apiSecret: z.string().min(1).optional(),
    edge: z.string().min(1).optional(),
    region: z.string().min(1).optional(),
    baseUrl: z.url({ protocol: /^https?$/, error: 'a base URL begins with http:// or https://' }).optional(),
    timeout: z
      .number()
      .int()
      .min(1)
      .max(120 * SECOND)
      .default(15 * SECOND),
    connectTimeout: z
      .number()
      .int()
      .min(1)
      .max(60 * SECOND)
      .default(5 * SECOND),
    connections: z.number().int().min(1).max(1_000).default(20),
    emulator: emulatorSettingsSchema.optional(),
  })
  .refine((options) => (options.apiKey === undefined) === (options.apiSecret === undefined), {
    error: 'apiKey and apiSecret go together',
  });

/** What {@link twilio} takes. */
export interface TwilioOptions {
  /** `AC…`. Default: the environment's `TWILIO_ACCOUNT_SID`. */
  readonly accountSid?: string;
  /** Signs webhooks, and sends unless there is an API key. Default: `TWILIO_AUTH_TOKEN`. */
  readonly authToken?: string;
  /** While a token is being rotated: webhooks signed with this one pass too. Default: `TWILIO_PREVIOUS_AUTH_TOKEN`. */
  readonly previousAuthToken?: string;
  /** Sends with an API key (`SK…`) instead of the auth token; webhooks still need the token. */
  readonly apiKey?: string;
  readonly apiSecret?: string;
  /** Twilio's edge location, such as `dublin`. Default: Twilio's own. */
  readonly edge?: string;
  /** Twilio's region, such as `ie1`. Default: Twilio's own, `us1`. */
  readonly region?: string;
  /** Speaks to this address instead of api.twilio.com: for an emulator that runs on its own, or a proxy of yours. */
  readonly baseUrl?: string;
  /** How long one call of the API may take, in milliseconds. Default 15,000. */
  readonly timeout?: number;
  /** How long connecting may take, in milliseconds. Default 5,000. */
  readonly connectTimeout?: number;
  /** How many connections to Twilio are held at most. Default 20. */
  readonly connections?: number;
  /** How the emulator behaves when it serves in Twilio's place. */
  readonly emulator?: EmulatorSettings;
}

/** Options with their defaults. */
export type ResolvedOptions = z.output<typeof optionsSchema>;

/** What it takes to speak to Twilio and to know its webhooks. */
export interface Credentials {
  readonly accountSid: string;
  readonly authToken: string;
  readonly previousAuthToken: string | undefined;
  readonly apiKey: { readonly sid: string; readonly secret: string } | undefined;
}

/** @throws `error.platform.config.malformed` */
export function resolveOptions(options: TwilioOptions): ResolvedOptions {
  return parseOptions(optionsSchema, options, 'twilio');
}

/** The credentials of the options, else of the environment; `undefined` when either has but a part of them. */
export function resolveCredentials(options: ResolvedOptions, environment: NodeJS.ProcessEnv): Credentials | undefined {
  const accountSid = options.accountSid ?? (environment.TWILIO_ACCOUNT_SID || undefined);
  const authToken = options.authToken ?? (environment.TWILIO_AUTH_TOKEN || undefined);
  if (accountSid === undefined || authToken === undefined) return undefined;
  if (!ACCOUNT_SID.test(accountSid)) {
    throw new ParleyError('error.platform.config.malformed', {
      problem: `TWILIO_ACCOUNT_SID: ${NO_ACCOUNT_SID}`,
      where: 'twilio',
    });
  }
  return {
    accountSid,
    authToken,
    previousAuthToken: options.previousAuthToken ?? (environment.TWILIO_PREVIOUS_AUTH_TOKEN || undefined),
    apiKey:
      options.apiKey === undefined || options.apiSecret === undefined
        ? undefined
        : { sid: options.apiKey, secret: options.apiSecret },
  };
}

/** What to throw without credentials where the emulator is not wanted. */
export function noCredentials(): ParleyError {
  return new ParleyError('error.platform.transport.no-credentials', {
    transport: 'twilio',
    variables: 'TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN',
  });
}
