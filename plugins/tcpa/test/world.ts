import {
  type AppOptions,
  anyText,
  defineApp,
  defineBot,
  defineOrganization,
  type Plugin,
  say,
  setupBot,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { SimulatedCarrier, type Simulation, simulate } from '@parley/testing';

/** Answers every text, and says something of its own accord two days later. */
const bot = defineBot({
  id: 'bot',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({}).createMachine({
    initial: 'talking',
    states: {
      talking: {
        on: { 'message.received': { actions: say(({ event }) => `re: ${event.text}`) } },
        after: { 172800000: { actions: say('Still there?') } },
      },
    },
  }),
});

/** An organization with these plugins, in memory and in virtual time. */
export function worldOf(
  plugins: readonly Plugin[],
  { start, app = {} }: { readonly start: string; readonly app?: Partial<AppOptions> },
): Promise<Simulation> {
  const organization = defineOrganization({
    name: 'Test',
    apps: [
      defineApp({
        id: 'app',
        number: '+14155550100',
        mode: 'published',
        pace: { perSecond: 100 },
        bots: [bot],
        ...app,
      }),
    ],
    transports: { sms: new SimulatedCarrier() },
    storage: memoryStorage(),
    plugins,
  });
  return simulate(organization, { start });
}

/** What became of the messages that left or were to, oldest first: text, status, code of the failure, when it was handed over. */
export async function outbound(simulation: Simulation) {
  const messages = await simulation.messages();
  return messages
    .filter(({ direction }) => direction === 'outbound')
    .reverse()
    .map(({ text, status, error, history }) => ({
      text,
      status,
      code: error?.code,
      sent: timeOf(history.find(({ source }) => source === 'send')?.at),
      verdicts: history.flatMap(({ verdicts = [] }) => verdicts),
    }));
}

function timeOf(instant: number | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(instant).toISOString().slice(0, 16);
}
