import type { HostedBot } from './app-runtime.ts';
import type { HeardText } from './document.ts';
import type { Draft } from './draft.ts';
import { ParleyError } from './errors.ts';
import { deliver, endJourney, fireTimers, startJourney } from './journey.ts';
import type { MessageRecord } from './message.ts';
import { park } from './parking.ts';

/** So many texts are taken in at once, however soon the next may come: one event has to stay readable. */
const TEXTS_PER_BURST = 20;

/** Takes in a text that nobody has claimed: at once, or with those that follow closely. */
export function hear(draft: Draft, { id, text, media, at }: MessageRecord, isFirst: boolean): void {
  const heard: HeardText = { id, text, media, at, ...(isFirst ? { isFirst } : {}) };
  if (draft.handoff !== undefined) return;
  if (draft.halted !== undefined) {
    const before = draft.burst;
    draft.burst = undefined;
    if (before !== undefined) keep(draft, joined(before.texts));
    return keep(draft, heard);
  }
  if (draft.context.runtime.app.debounce === undefined) return respond(draft, heard);
  collect(draft, heard);
}

/** Takes in the texts that have waited for others, once their time has come. */
export function endBurst(draft: Draft): void {
  const { burst, context } = draft;
  if (burst === undefined || burst.until > context.now) return;
  draft.burst = undefined;
  if (draft.handoff !== undefined) return;
  const heard = joined(burst.texts);
  if (draft.halted !== undefined) return keep(draft, heard);
  // Those that came due while the person was writing come after what they wrote.
  fireTimers(draft, burst.since);
  respond(draft, heard, burst.since);
}

/** Gives a text to the journey that is running, or to the bot that it starts. */
export function respond(draft: Draft, text: HeardText, since: number = draft.context.now): void {
  const { runtime, profile } = draft.context;
  fireTimers(draft, since);
  // One of them may have given the conversation to people, or ended the journey.
  if (draft.handoff !== undefined) return;
  if (draft.halted !== undefined) return keep(draft, text);
  const trigger = { text: text.text, parts: text.parts ?? [], firstContact: text.isFirst === true };
  if (draft.journey !== undefined) {
    const interrupting = runtime.interruptedBy(trigger);
    if (interrupting === undefined) return deliver(draft, { kind: 'text', text });
    endJourney(draft, 'replaced');
    return start(draft, interrupting, text);
  }
  const hosted = runtime.triggeredBy(trigger);
  if (hosted !== undefined) {
    if (profile !== undefined) draft.refreshActor(profile);
    return start(draft, hosted, text);
  }
  const { otherwise } = runtime.app;
  if (otherwise !== undefined) {
    draft.say({ text: otherwise, media: [], category: 'conversational', origin: { kind: 'app', why: 'otherwise' } });
  }
}

function start(draft: Draft, hosted: HostedBot, text: HeardText): void {
  startJourney(draft, hosted, { text });
}

/** Keeps a text that comes while the conversation stands still. */
function keep(draft: Draft, text: HeardText): void {
  const error = new ParleyError('error.platform.conversation.halted', { code: draft.halted?.code ?? '' });
  park(draft, { kind: 'text', text }, { error });
}

function collect(draft: Draft, text: HeardText): void {
  const { now, runtime } = draft.context;
  const { debounce } = runtime.app;
  if (debounce === undefined) return;
  const texts = [...(draft.burst?.texts ?? []), text];
  const since = draft.burst?.since ?? now;
  const isFull = texts.length >= TEXTS_PER_BURST;
  const until = isFull ? now : Math.min(now + debounce.window, since + debounce.atMost);
  draft.burst = { texts, since, until };
  endBurst(draft);
}

/** Several texts as one: a line each. */
function joined(texts: readonly HeardText[]): HeardText {
  const last = texts.at(-1) as HeardText;
  if (texts.length === 1) return last;
  const parts = texts.map(({ text }) => text);
  return {
    id: last.id,
    text: parts.filter((part) => part !== '').join('\n'),
    media: texts.flatMap(({ media }) => media),
    at: texts[0]?.at ?? last.at,
    ...(texts.some(({ isFirst }) => isFirst) ? { isFirst: true } : {}),
    parts,
  };
}
