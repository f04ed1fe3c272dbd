import type { AnyEventObject } from 'xstate';
import { ParleyError } from '../errors.ts';
import type { DocumentBody } from './document.ts';
import { findUnserialisable } from './serialisable.ts';
import type { PersistedSnapshot } from './snapshot.ts';

/**
 * Refuses a value that comes from outside or goes there, if a document could not hold it.
 *
 * @param bot names the machine
 * @param path what the value is called
 * @throws `error.platform.bot.not-serialisable`
 */
export function checkValue(bot: string, value: unknown, path: string, allowsActors = false): void {
  const found = findUnserialisable(value, path, allowsActors);
  if (found !== undefined) throw new ParleyError('error.platform.bot.not-serialisable', { bot, ...found });
}

/** Refuses what a machine wants to keep or has emitted, if a document could not hold it. */
export function checkBody(bot: string, body: DocumentBody, emitted: readonly AnyEventObject[]): void {
  checkSnapshot(bot, body.snapshot, '');
  for (const { id, event } of body.timers) checkValue(bot, event, `timers.${id}`, true);
  for (const { name, input } of body.tasks) checkValue(bot, input, `tasks.${name}.input`);
  checkValue(bot, body.output, 'output');
  for (const event of emitted) checkValue(bot, event, `emitted.${event.type}`);
}

function checkSnapshot(bot: string, { context, input, output, children }: PersistedSnapshot, prefix: string): void {
  checkValue(bot, context, `${prefix}context`, true);
  checkValue(bot, input, `${prefix}input`, true);
  checkValue(bot, output, `${prefix}output`, true);
  for (const [id, child] of Object.entries(children ?? {})) checkSnapshot(bot, child.snapshot, `${prefix}${id}.`);
}
