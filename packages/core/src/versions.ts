import type { AppRuntime, HostedBot } from './app-runtime.ts';
import type { Journey } from './document.ts';
import { ParleyError } from './errors.ts';
import type { HostStep } from './host/document.ts';
import { readSnapshot, withSnapshot } from './host/document.ts';
import { findUnserialisable } from './host/serialisable.ts';

/** The bot that goes on with a journey, and the step that brought its machine there if it had to be migrated. */
export interface Continuation {
  readonly hosted: HostedBot;
  readonly migrated?: HostStep;
}

/**
 * Finds what goes on with a journey: the version it began on while that is registered, else the current one by its
 * `migrate`.
 *
 * @throws `error.platform.bot.unknown-version`, `error.platform.bot.migration-failed`
 */
export function continuationOf(
  runtime: AppRuntime,
  { bot, version, machine }: Pick<Journey, 'bot' | 'version' | 'machine'>,
  now: number,
): Continuation {
  const exact = runtime.version(bot, version);
  if (exact !== undefined) return { hosted: exact };
  const current = runtime.current(bot);
  if (current?.bot.migrate === undefined) throw new ParleyError('error.platform.bot.unknown-version', { bot, version });
  try {
    const snapshot = current.bot.migrate(readSnapshot(machine), version);
    if (snapshot === undefined) throw new TypeError('migrate gave no snapshot');
    requireSerialisable(snapshot);
    return { hosted: current, migrated: current.host.adopt(withSnapshot(machine, snapshot), now) };
  } catch (cause) {
    throw new ParleyError(
      'error.platform.bot.migration-failed',
      { bot, from: version, to: current.bot.version, problem: cause instanceof Error ? cause.message : String(cause) },
      { cause },
    );
  }
}

/** What a document could not hold would be lost without a word. */
function requireSerialisable(snapshot: unknown): void {
  const found = findUnserialisable(snapshot, 'snapshot', true);
  if (found !== undefined) throw new TypeError(`migrate gave ${found.what} at ${found.path}`);
}
