import type { AnyEventObject } from 'xstate';
import { LONGEST_JOURNEY } from './bot.ts';
import type { BotRequest } from './bot-events.ts';
import type { Journey } from './document.ts';
import type { Draft } from './draft.ts';
import { encode } from './host/codec.ts';
import { wordsFor } from './localised-text.ts';

/** Does what a machine has asked for by emitting; events that are not ours are its own affair. */
export function fulfil(draft: Draft, emitted: AnyEventObject): void {
  const request = emitted as BotRequest;
  const journey = draft.journey as Journey;
  switch (request.type) {
    case 'parley.say': {
      const { type: _, ...said } = request;
      const { id, bot, version } = journey;
      draft.say({ ...said, text: wordsFor(request, draft.actor), origin: { kind: 'bot', bot, version, journey: id } });
      return;
    }
    case 'parley.remember':
      return draft.remember(request.patch);
    case 'parley.track':
      return draft.record('track', {
        name: request.name,
        ...(request.data === undefined ? {} : { data: encode(request.data).json }),
      });
    case 'parley.handoff':
      draft.handoff = {
        to: request.to,
        at: draft.context.now,
        ...(request.note === undefined ? {} : { note: request.note }),
      };
      return draft.record('handoff', { name: request.to });
    case 'parley.extend-journey': {
      const wanted = Math.min(draft.context.now + request.by, journey.startedAt + LONGEST_JOURNEY);
      draft.journey = { ...journey, expiresAt: Math.max(journey.expiresAt, wanted) };
      return draft.record('journey.extended', { data: { expiresAt: draft.journey.expiresAt } });
    }
    case 'parley.start-bot':
      draft.journey = {
        ...journey,
        next: { bot: request.bot, ...(request.data === undefined ? {} : { data: encode(request.data) }) },
      };
  }
}
