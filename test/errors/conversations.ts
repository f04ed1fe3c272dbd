import {
  address,
  anyText,
  type Bot,
  type BotInput,
  conversationKey,
  defineBot,
  type Engine,
  handoff,
  say,
  setupBot,
  startBot,
} from '@parley/core';
import { keyvStorage } from '@parley/plugin-keyv';
import { enqueueActions, fromPromise } from 'xstate';
import { ANN, inSimulation, OURS, type Provocation, withEngine } from './world.ts';

const notify = (text: string) => () =>
  inSimulation({}, ({ engine }) => engine.notify({ app: 'app', to: ANN, name: 'test', text }));

const start = (app: string, bot: string) => () =>
  inSimulation({}, ({ engine }) => engine.startJourney({ app, to: ANN, bot }));

const KEY = conversationKey(address(OURS), address(ANN));

/** Waits for a task that never ends. */
function waiting(version: string, task = 'wait'): Bot {
  const machine = setupBot({ actors: { [task]: fromPromise(() => new Promise(() => {})) } }).createMachine({
    initial: 'waiting',
    states: { waiting: { invoke: { src: task } } },
    on: { 'message.received': {} },
  });
  return defineBot({ id: 'waiting', version, machine, triggers: [anyText()] });
}

/** Says one thing and ends; hands the conversation over if it is told to. */
const brief = defineBot({
  id: 'brief',
  triggers: [anyText()],
  machine: setupBot({ types: { input: {} as BotInput<{ to?: string }>, context: {} as { to: string } } }).createMachine(
    {
      context: ({ input }) => ({ to: input.data?.to ?? '' }),
      entry: [
        say('Hello'),
        enqueueActions(({ context, enqueue }) => {
          if (context.to !== '') enqueue(handoff(context.to) as never);
        }),
      ],
      initial: 'over',
      states: { over: { type: 'final' } },
    },
  ),
});

function failing(): never {
  throw new Error('a mistake of the migration');
}

/** Begins a journey that waits for a task. */
async function beforeDeploy(store: Map<string, unknown>): Promise<void> {
  await withEngine({ bots: [waiting('1')], storage: keyvStorage({ store }) }, async (engine) => {
    await engine.startJourney({ app: 'app', to: ANN, bot: 'waiting' });
  });
}

/** Why a journey that began on another bot stands still. */
async function haltedAfterDeploy(bot: Bot): Promise<string | undefined> {
  const store = new Map<string, unknown>();
  await beforeDeploy(store);
  return withEngine({ bots: [bot], storage: keyvStorage({ store }) }, async (engine) => {
    await engine.idle();
    return (await engine.organization.storage.conversations.get(KEY))?.halted?.code;
  });
}

export const conversations: Readonly<Record<string, Provocation>> = {
  'error.platform.app.unknown': start('none', 'echo'),
  'error.platform.bot.unknown': start('app', 'none'),

  'error.platform.journey.running': () =>
    inSimulation({}, async ({ engine }) => {
      await engine.startJourney({ app: 'app', to: ANN, bot: 'echo' });
      await engine.startJourney({ app: 'app', to: ANN, bot: 'echo', conflict: 'refuse' });
    }),

  'error.platform.request.malformed': () => inSimulation({}, ({ engine }) => engine.extendJourney(KEY, Number.NaN)),

  'error.platform.bot.circle': () => {
    const machine = setupBot({}).createMachine({
      entry: startBot('round'),
      initial: 'over',
      states: { over: { type: 'final' } },
    });
    const bots = [defineBot({ id: 'round', machine, triggers: [anyText()] })];
    return inSimulation({ bots }, async (simulation) => {
      const ann = simulation.actor(ANN);
      await ann.text('Hello');
      return (await ann.conversation())?.parked?.[0]?.code;
    });
  },

  'error.platform.journey.none': () =>
    inSimulation({}, async ({ engine }) => {
      await engine.notify({ app: 'app', to: ANN, name: 'test', text: 'Hello' });
      await engine.extendJourney(KEY, 1);
    }),

  'error.platform.app.not-preview': () =>
    inSimulation({ app: { mode: 'published' } }, async ({ engine }) => {
      await engine.startJourney({ app: 'app', to: ANN, bot: 'echo' });
      await engine.retryTask(KEY, 'any');
    }),

  'error.platform.journey.no-such-timer': () =>
    inSimulation({}, async ({ engine }) => {
      await engine.startJourney({ app: 'app', to: ANN, bot: 'echo' });
      await engine.fireTimer(KEY, { id: 'none', source: [], dueAt: 0 });
    }),

  'error.platform.journey.no-such-task': () =>
    inSimulation({}, async ({ engine }) => {
      await engine.startJourney({ app: 'app', to: ANN, bot: 'echo' });
      await engine.retryTask(KEY, 'none');
    }),

  'error.platform.journey.too-long': () =>
    inSimulation({}, async ({ engine }) => {
      await engine.startJourney({ app: 'app', to: ANN, bot: 'echo' });
      await engine.extendJourney(KEY, 91 * 86_400_000);
    }),

  'error.platform.journey.loop': () =>
    inSimulation({}, async (simulation) => {
      const ann = simulation.actor(ANN);
      for (let text = 0; text < 30; text++) await ann.text('Hello');
      return (await ann.conversation())?.halted?.code;
    }),

  'error.platform.conversation.halted': () =>
    inSimulation({ bots: [brief] }, async (simulation) => {
      const ann = simulation.actor(ANN);
      for (let text = 0; text < 30; text++) await ann.text('Hello');
      await simulation.engine.startJourney({ app: 'app', to: ANN, bot: 'brief' });
    }),

  'error.platform.journey.hook-failed': () => {
    const machine = setupBot({}).createMachine({ on: { 'message.received': {} } });
    const onEnd = () => {
      throw new Error('a mistake of the hook');
    };
    const bots = [defineBot({ id: 'hooked', machine, triggers: [anyText()], onEnd })];
    return inSimulation({ bots }, async (simulation) => {
      const ann = simulation.actor(ANN);
      await ann.text('Hello');
      await simulation.engine.endJourney(KEY);
      return (await ann.activity()).find(({ kind }) => kind === 'hook.failed')?.name;
    });
  },

  'error.platform.conversation.handed-over': () =>
    inSimulation({ bots: [brief] }, async ({ engine }) => {
      await engine.startJourney({ app: 'app', to: ANN, bot: 'brief', data: { to: 'desk' } });
      await engine.startJourney({ app: 'app', to: ANN, bot: 'brief' });
    }),

  'error.platform.parked.unknown': () =>
    inSimulation({}, async ({ engine }) => {
      await engine.startJourney({ app: 'app', to: ANN, bot: 'echo' });
      await engine.retryParked(KEY, { event: 'none' });
    }),

  'error.platform.conversation.unknown': () => inSimulation({}, ({ engine }) => engine.resume(KEY)),

  'error.platform.message.empty': notify(''),
  'error.platform.message.too-many-media': () =>
    inSimulation({}, ({ engine }) => {
      const media = Array(11).fill({ url: '/picture.png' });
      return engine.notify({ app: 'app', to: ANN, name: 'test', text: 'Hello', media });
    }),
  'error.platform.message.too-long': notify('a'.repeat(1601)),

  'error.platform.engine.stopped': () =>
    inSimulation({}, async ({ engine }) => {
      await engine.stop();
      await engine.notify({ app: 'app', to: ANN, name: 'test', text: 'Hello' });
    }),

  'error.platform.journey.failed': () => {
    const machine = setupBot({}).createMachine({
      entry: () => {
        throw new Error('a mistake of the bot');
      },
    });
    const bots = [defineBot({ id: 'broken', machine, triggers: [anyText()] })];
    return inSimulation({ bots }, async (simulation) => {
      const ann = simulation.actor(ANN);
      await ann.text('Hello');
      return (await ann.conversation())?.parked?.[0]?.code;
    });
  },

  'error.platform.bot.unknown-version': () => haltedAfterDeploy(waiting('2')),

  'error.platform.bot.migration-failed': () => haltedAfterDeploy({ ...waiting('2'), migrate: () => failing() }),

  'error.platform.bot.not-restorable': () => haltedAfterDeploy(waiting('1', 'elsewhere')),

  'error.platform.task.unknown': async () => {
    const store = new Map<string, unknown>();
    await beforeDeploy(store);
    return withEngine({ bots: [waiting('1', 'elsewhere')], storage: keyvStorage({ store }) }, async (engine) => {
      await engine.idle();
      return reasonOfFailedTask(engine);
    });
  },

  'error.platform.task.timeout': () => {
    const provoke = async (engine: Engine) => {
      await engine.startJourney({ app: 'app', to: ANN, bot: 'waiting' });
      await engine.idle();
      return reasonOfFailedTask(engine);
    };
    return withEngine({ bots: [waiting('1')] }, provoke, { taskTimeout: 10 });
  },
};

async function reasonOfFailedTask({ organization }: Engine): Promise<string | undefined> {
  const { activity } = await organization.storage.activity.list({ conversation: KEY, limit: 10 });
  return activity.find(({ kind }) => kind === 'task.failed')?.name;
}
