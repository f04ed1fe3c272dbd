import type { Log, LogFields } from '@parley/core';
import { type DestinationStream, pino } from 'pino';
import { maskNumbers } from './mask.ts';
import { type RedactOptions, redactFields } from './redact.ts';

/** What {@link createLog} takes. */
export interface LogOptions {
  /** The least that is written. Default `info`. */
  readonly level?: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Where lines go, each as JSON and a newline. Default: standard output. */
  readonly destination?: { write(line: string): void };
  /**
   * Whether to write the messages of errors that are not Parley's; they help in development but can quote what a person
   * wrote. Default `false`: such an error shows its type, its code and where it was thrown.
   */
  readonly errorMessages?: boolean;
}

/**
 * Makes a log that writes JSON lines through pino, and in which no message's text and no whole phone number can appear:
 * fields such as `text` and `body` and secrets are left out, and whatever looks like a phone number keeps its last four digits.
 *
 * ```ts
 * const log = createLog({ level: 'debug' });
 * log.info({ from: '+14155550142' }, 'Took in a text'); // {"level":"info",…,"from":"…0142","msg":"Took in a text"}
 * ```
 */
export function createLog(options: LogOptions = {}): Log {
  const writer = pino(
    {
      level: options.level ?? 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    (options.destination as DestinationStream | undefined) ?? pino.destination(1),
  );
  const redact: RedactOptions = { errorMessages: options.errorMessages ?? false };

  const write = (level: keyof Log) => (fields: LogFields, message: string) => {
    if (writer.isLevelEnabled(level)) writer[level](redactFields(fields, redact), maskNumbers(message));
  };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
