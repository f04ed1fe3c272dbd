import type { Draft } from './draft.ts';
import { ParleyError } from './errors.ts';

/**
 * Counts replies that follow one another closely, and halts the conversation where there are too many: on the other side
 * may be a machine that answers every text. Called at the end of a turn; a turn that says several texts replies once.
 */
export function guardLoops(draft: Draft): void {
  const { loopGuard } = draft.context.runtime.app;
  if (!draft.hasReplied || loopGuard === undefined) return;
  const { now } = draft.context;
  const before = draft.replies;
  const isClose = before !== undefined && now - before.at < loopGuard.gap;
  const count = isClose ? before.count + 1 : 1;
  draft.replies = { count, at: now };
  if (count < loopGuard.replies || draft.halted !== undefined) return;
  const { code, message } = new ParleyError('error.platform.journey.loop', {
    who: draft.journey === undefined ? `The app ${draft.context.runtime.app.id}` : `The bot ${draft.journey.bot}`,
    replies: count,
    gap: loopGuard.gap / 1000,
  });
  draft.halt({ at: now, code, reason: message });
  draft.replies = undefined;
}
