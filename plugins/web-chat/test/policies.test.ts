import { anyText, defineApp, defineBot, defineOrganization, type Plugin, say, setupBot } from '@parley/core';
import { consent } from '@parley/plugin-consent';
import { duplicateLimit } from '@parley/plugin-duplicate-limit';
import { firstText } from '@parley/plugin-first-text';
import { memoryStorage } from '@parley/plugin-keyv';
import { optOut } from '@parley/plugin-opt-out';
import { segments } from '@parley/plugin-segments';
import { tcpa } from '@parley/plugin-tcpa';
import { webChat } from '@parley/plugin-web-chat';
import { type Simulation, simulate } from '@parley/testing';
import { afterEach, describe, expect, it } from 'vitest';

const bot = defineBot({
  id: 'parrot',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({}).createMachine({ on: { 'message.received': { actions: say('“What?”') } } }),
});

let simulation: Simulation;
afterEach(() => simulation.close());

/** A visitor of a published chat whose organization keeps the rules of texting, at four in the morning in all of the USA. */
async function visit(plugins: readonly Plugin[]) {
  const organization = defineOrganization({
    name: 'Corner Shop',
    apps: [defineApp({ id: 'support', mode: 'published', number: 'web:support', bots: [bot] })],
    transports: { web: webChat() },
    storage: memoryStorage(),
    plugins,
  });
  simulation = await simulate(organization, { start: '2026-01-04T09:00:00Z' });
  return simulation.actor('web:v7k2m4q8');
}

describe('the rules of texting, where somebody writes in a web page', () => {
  it('leave what is said alone: no quiet hours, no footer, no STOP, no limit of repeats, no plain letters', async () => {
    const visitor = await visit([
      optOut({ brand: 'Corner Shop' }),
      tcpa(),
      firstText({ brand: 'Corner Shop' }),
      duplicateLimit(),
      segments({ limit: 1 }),
    ]);
    for (const text of ['hello', 'stop', 'stop it please', 'hello'])
      expect(await visitor.text(text)).toEqual(['“What?”']);
  });

  it('let notifications through at any hour, and plan none for another', async () => {
    const visitor = await visit([tcpa({ outside: 'skip' })]);
    const at = simulation.clock.now() + 60_000;
    await simulation.engine.notify({ app: 'support', to: visitor.number, name: 'ready', text: 'It is ready.', at });
    await simulation.advance({ minutes: 1 });
    expect(visitor.lastText).toBe('It is ready.');
  });

  it('ask for consent to marketing there, too', async () => {
    const visitor = await visit([consent()]);
    const { message } = await simulation.engine.notify({
      ...{ app: 'support', to: visitor.number, name: 'sale', text: 'Sale!' },
      category: 'marketing',
    });
    await simulation.advance({ seconds: 1 });
    expect(visitor.received).toEqual([]);
    expect(await simulation.organization.storage.messages.get(message)).toMatchObject({ status: 'failed' });
  });
});
