import { type Address, conversationKey, type Engine, isAddress, ParleyError, partiesOf } from '@parley/core';
import { emulatedApp } from '../../phone/emulators.ts';
import { addressIn } from '../../phone/message.ts';
import type { ConversationIds } from '../conversation-ids.ts';
import type { Handlers } from './handler.ts';

/** Texts that come from phones which are not there: of apps whose transport is emulated. */
export function phoneHandlers(
  engine: Engine,
  ids: ConversationIds,
): Pick<Handlers, 'POST /phone/apps/:app' | 'POST /phone/conversations/:conversation'> {
  async function textAs(from: Address, id: string, text: string): Promise<{ readonly conversation: string }> {
    const { app, emulator } = emulatedApp(engine, id);
    await emulator.text({ from, to: app.address, text });
    return { conversation: ids.idOf(conversationKey(app.address, from)) };
  }

  return {
    async 'POST /phone/apps/:app'({ params, body: { phone, text } }) {
      const { app } = emulatedApp(engine, params.app);
      const from = addressIn(app, phone);
      if (!isAddress(from)) throw new ParleyError('error.platform.phone.malformed', { problem: 'the number is none' });
      return textAs(from, app.id, text);
    },

    async 'POST /phone/conversations/:conversation'({ params, body: { text } }) {
      const { ours, theirs } = partiesOf(ids.keyOf(params.conversation));
      const app = engine.organization.apps.find(({ address }) => address === ours);
      return textAs(theirs, app?.id ?? '', text);
    },
  };
}
