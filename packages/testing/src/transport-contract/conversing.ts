import { anyText, createEngine, defineApp, defineBot, defineOrganization, say, setupBot } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { expect, it } from 'vitest';
import { createRuntime } from '../simulate.ts';
import { PUBLIC_URL, type Setting, TRANSPORT } from './setting.ts';
import { genuine, textOf } from './webhook.ts';

const echo = defineBot({
  id: 'echo',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({}).createMachine({
    on: { 'message.received': { actions: say(({ event }) => `You said ${event.text}`) } },
  }),
});

export function conversingContract(setting: Setting): void {
  it('carries a conversation: a text in, twice, one answer out, and the news that it has arrived', async () => {
    const { provider, clock } = setting;
    const transport = provider.create();
    const organization = defineOrganization({
      name: 'Under test',
      apps: [defineApp({ id: 'echo', number: setting.ours, bots: [echo] })],
      transports: { [TRANSPORT]: transport },
      storage: memoryStorage(),
      publicUrl: PUBLIC_URL,
    });
    const engine = createEngine(organization, createRuntime(clock, {}));
    await engine.start({ localUrl: PUBLIC_URL });
    try {
      const request = genuine(setting, provider.textRequest(textOf(setting, { text: 'hello' })));
      for (let times = 0; times < 2; times++) await engine.receive(TRANSPORT, request);
      await clock.advance(0);
      await engine.idle();
      const taken = await provider.taken();
      expect(taken.map(({ text, to }) => [text, to])).toEqual([['You said hello', setting.theirs]]);
      const { messages } = await organization.storage.messages.list({ direction: 'outbound', limit: 10 });
      const record = messages[0];
      expect(record?.providerId).toBe(taken[0]?.providerId);
      await engine.receive(TRANSPORT, genuine(setting, provider.reportRequest(deliveryOf(setting, record))));
      expect(await organization.storage.messages.get(record?.id as never)).toMatchObject({ status: 'delivered' });
    } finally {
      await engine.stop({ grace: 0 });
    }
  });
}

function deliveryOf(
  { underTest, message }: Setting,
  record: { readonly id: string; readonly providerId?: string } | undefined,
) {
  const word = Object.keys(underTest.statuses).find((each) => underTest.statuses[each] === 'delivered') ?? '';
  return { message: message({ id: record?.id as never }), providerId: record?.providerId ?? '', word };
}
