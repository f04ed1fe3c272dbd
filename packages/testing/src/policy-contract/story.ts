import {
  type Address,
  anyText,
  defineApp,
  defineBot,
  defineOrganization,
  type IncomingMessage,
  type Log,
  type LogFields,
  type MessageId,
  type MessageRecord,
  type Organization,
  type Plugin,
  SendError,
  say,
  setupBot,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { type Simulation, simulate } from '../simulate.ts';
import { SimulatedCarrier } from '../simulated-carrier.ts';
import { ANN, APP, CARRIER, NEIGHBOUR, NEWS, OURS, type PolicyStep, type PolicyUnderTest } from './setting.ts';
import { type Watched, watch } from './watched.ts';

/** What is different about the world of a story, and must make no difference to what becomes of its messages. */
export interface Variation {
  /** The policy is asked so often each time. */
  readonly asks?: number;
  /** The provider cannot be reached at so many first attempts to send. */
  readonly failures?: number;
  /** Each text of a person comes twice. */
  readonly echoes?: boolean;
  /** The process dies after each step, and another goes on. */
  readonly deaths?: boolean;
  /** Ahead of each notification another policy stops one that is equal. */
  readonly crossed?: boolean;
  /** After each step somebody is erased whose number begins like Ann's. */
  readonly erasures?: boolean;
}

/** What becomes of a message: its text, where it is, and with which code. */
export type Fate = readonly [text: string, status: string, code: string | undefined];

/** What there is to see of a story. */
export interface Story {
  readonly simulation: Simulation;
  readonly watched: Watched;
  /** Everything that was logged. */
  readonly logged: readonly unknown[];
  /** After each step: the messages that were said so far. */
  readonly fates: readonly (readonly Fate[])[];
  /** What Ann's phone has got, oldest first. */
  readonly received: readonly string[];
  /** The newest notification. */
  last(): Promise<MessageRecord | undefined>;
  go(steps: readonly PolicyStep[]): Promise<void>;
  /** Messages that are still waiting. */
  waiting(): Promise<readonly MessageRecord[]>;
  end(): Promise<void>;
}

/** Notifications that another policy stops. */
const CROSSED = 'crossed';

/** Enough for a send that fails twice to be tried a third time. */
const A_MOMENT = { seconds: 15 };

/** The rest of the world: another policy that stops some notifications, and a provider that cannot be reached at first. */
function surroundings({ failures = 0 }: Variation): Plugin {
  const attempts = new Map<MessageId, number>();
  return {
    name: 'surroundings',
    checkOutbound: ({ record: { origin } }) =>
      isNotification(origin, CROSSED)
        ? { kind: 'deny', code: CROSSED, reason: 'Another policy has stopped it.' }
        : undefined,
    aroundSend({ id }, _, next) {
      const attempt = (attempts.get(id) ?? 0) + 1;
      attempts.set(id, attempt);
      if (attempt > failures) return next();
      throw new SendError('retry', 'ECONNREFUSED', 'Nobody answers.');
    },
  };
}

const bot = defineBot({
  id: 'bot',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({}).createMachine({
    on: { 'message.received': { actions: say(({ event }) => `The answer to: ${event.text}`) } },
  }),
});

/** Begins a story with the real engine, in virtual time. */
export async function begin(underTest: PolicyUnderTest, variation: Variation = {}, start?: string): Promise<Story> {
  const logged: unknown[] = [];
  const faults: string[] = [];
  const fates: (readonly Fate[])[] = [];
  let watched: Watched;
  let simulation: Simulation;

  async function wake(from?: Simulation): Promise<void> {
    watched = watch(underTest.create(), underTest.codes, variation.asks ?? 1, faults);
    const organization = organizationOf(underTest, watched.plugin, surroundings(variation));
    const saved = from === undefined ? { ...(start === undefined ? {} : { start }) } : { from: from.save() };
    simulation = await simulate(organization, { log: keepingLog(logged), ...saved });
    await from?.close();
  }

  function carrier(): SimulatedCarrier {
    return simulation.organization.transports[CARRIER] as SimulatedCarrier;
  }

  async function notify(step: Extract<PolicyStep, { notify: string }>, name = step.name ?? NEWS): Promise<void> {
    const { notify: text, category, person: to = ANN } = step;
    await simulation.engine.notify({ app: APP, to, name, text, ...(category === undefined ? {} : { category }) });
    await simulation.advance(A_MOMENT);
  }

  async function hear(text: string, person: string): Promise<void> {
    const message: IncomingMessage = {
      providerId: carrier().nextProviderId(),
      ...{ from: person as Address, to: [OURS as Address], text, media: [], raw: {} },
    };
    const body = Buffer.from(JSON.stringify({ kind: 'text', message }));
    for (let times = 0; times < (variation.echoes ? 2 : 1); times++)
      await simulation.engine.receive(CARRIER, { method: 'POST', path: '/text', headers: {}, body });
    await simulation.advance(A_MOMENT);
  }

  async function take(step: PolicyStep): Promise<void> {
    if ('wait' in step) await simulation.advance(step.wait);
    else if ('text' in step) await hear(step.text, step.person ?? ANN);
    else if ('knows' in step) await simulation.engine.updateActor((step.person ?? ANN) as Address, step.knows);
    else if ('act' in step) await step.act(watched.plugin, simulation.clock.now());
    else {
      if (variation.crossed) await notify(step, CROSSED);
      await notify(step);
    }
  }

  async function outbound(): Promise<readonly MessageRecord[]> {
    const messages = [...(await simulation.messages())].reverse();
    return messages.filter(({ direction, origin }) => direction === 'outbound' && !isNotification(origin, CROSSED));
  }

  await wake();
  return {
    get simulation() {
      return simulation;
    },
    get watched() {
      return watched;
    },
    logged,
    fates,
    get received() {
      return carrier()
        .receivedBy(ANN as Address)
        .map(({ text }) => text);
    },
    async last() {
      return (await outbound()).findLast(({ origin }) => origin.kind === 'notification');
    },
    async go(steps) {
      for (const step of steps) {
        await take(step);
        if (variation.erasures) await simulation.engine.eraseActor(NEIGHBOUR as Address);
        fates.push((await outbound()).map(({ text, status, error }) => [text, status, error?.code]));
        if (variation.deaths) await wake(simulation);
      }
    },
    waiting: async () => (await outbound()).filter(({ status }) => status === 'pending'),
    end: () => simulation.close(),
  };
}

function organizationOf({ others, app }: PolicyUnderTest, ...plugins: readonly Plugin[]): Organization {
  return defineOrganization({
    name: 'Riverside Clinic',
    apps: [defineApp({ id: APP, number: OURS, mode: 'published', pace: { perSecond: 100 }, bots: [bot], ...app })],
    transports: { [CARRIER]: new SimulatedCarrier() },
    storage: memoryStorage(),
    plugins: [...(others?.() ?? []), ...plugins],
  });
}

function isNotification(origin: MessageRecord['origin'], name: string): boolean {
  return origin.kind === 'notification' && origin.name === name;
}

function keepingLog(lines: unknown[]): Log {
  const add = (fields: LogFields, message: string) => void lines.push({ ...fields, message });
  return { debug: add, info: add, warn: add, error: add };
}
