import { parseOptions } from '@parley/core';
import * as z from 'zod';
import { type Samples, samplesShape } from '../samples.ts';

/** What {@link explore} takes besides a bot. */
export interface ExploreOptions extends Samples {
  /** The whole input of a machine that is no bot, such as one that others invoke. Default: that of bots. */
  readonly input?: unknown;
  /** Codes that texts fail with, tried where the bot listens to `message.failed`. Default: `30003`, out of reach, and `21610`, opted out. */
  readonly failures?: readonly string[];
  /** When it begins, milliseconds since the epoch. Default 2026-01-05 17:00 UTC. */
  readonly start?: number;
  /** How many things happen at most, over all paths. Default 5,000: some seconds. */
  readonly steps?: number;
  /** How many things happen on one path at most. Default 50. */
  readonly depth?: number;
  /** How many positions are looked at that differ in what the bot knows only, not in its states. Default 24. */
  readonly contexts?: number;
  /** A text may take so many segments. Default 1. */
  readonly segments?: number;
  /** Whether texts of more than 1,600 characters are sent in parts, as in an app with `longTexts: 'split'`. Default false. */
  readonly splitsLongTexts?: boolean;
  /** The ids of the bots that may be started after it. Default: any. */
  readonly bots?: readonly string[];
}

const countSchema = z.number().int().positive();

const optionsSchema = z.strictObject({
  ...samplesShape,
  input: z.unknown().optional(),
  failures: z.array(z.string().min(1)).default(['30003', '21610']),
  start: z.number().default(Date.UTC(2026, 0, 5, 17)),
  steps: countSchema.default(5000),
  depth: countSchema.default(50),
  contexts: countSchema.default(24),
  segments: countSchema.default(1),
  splitsLongTexts: z.boolean().default(false),
  bots: z.array(z.string()).optional(),
});

/** The options with their defaults. */
export type ExploreSettings = z.output<typeof optionsSchema>;

/** @throws `error.platform.config.malformed` */
export function settingsOf(options: ExploreOptions): ExploreSettings {
  return parseOptions(optionsSchema, options, 'explore');
}
