import { address, anyText, type Bot, conversationKey, defineBot, type Engine, setupBot } from '@parley/core';
import { keyvStorage } from '@parley/plugin-keyv';
import { fromPromise } from 'xstate';
import { ANN, inSimulation, OURS, type Provocation, withEngine } from './world.ts';

const say = (text: string) => () =>
  inSimulation({}, ({ engine }) => engine.notify({ app: 'app', to: ANN, name: 'test', text }));

const start = (app: string, bot: string) => () =>
  inSimulation({}, ({ engine }) => engine.startJourney({ app, to: ANN, bot }));

/** Waits for a task that never ends. */
function waiting(version: string): Bot {
  const machine = setupBot({ actors: { wait: fromPromise(() => new Promise(() => {})) } }).createMachine({
    initial: 'waiting',
    states: { waiting: { invoke: { src: 'wait' } } },
    on: { 'message.received': {} },
  });
  return defineBot({ id: 'waiting', version, machine, triggers: [anyText()] });
}

/** Begins a journey on one version of a bot, and goes on where only another is registered. */
async function afterDeploy(store: Map<string, unknown>): Promise<void> {
  await withEngine({ bots: [waiting('1')], storage: keyvStorage({ store }) }, async (engine) => {
    await engine.startJourney({ app: 'app', to: ANN, bot: 'waiting' });
  });
}

export const conversations: Readonly<Record<string, Provocation>> = {
  'error.platform.app.unknown': start('none', 'echo'),
  'error.platform.bot.unknown': start('app', 'none'),

  'error.platform.journey.running': () =>
    inSimulation({}, async ({ engine }) => {
      await engine.startJourney({ app: 'app', to: ANN, bot: 'echo' });
      await engine.startJourney({ app: 'app', to: ANN, bot: 'echo' });
    }),

  'error.platform.conversation.unknown': () =>
    inSimulation({}, ({ engine }) => engine.resume(conversationKey(address(OURS), address(ANN)))),

  'error.platform.message.empty': say(''),
  'error.platform.message.too-long': say('a'.repeat(1601)),

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

  'error.platform.bot.unknown-version': async () => {
    const store = new Map<string, unknown>();
    await afterDeploy(store);
    return withEngine({ bots: [waiting('2')], storage: keyvStorage({ store }) }, async (engine) => {
      await engine.idle();
      const [document] = await engine.organization.storage.conversations.list({ limit: 1 });
      return document?.parked?.[0]?.code;
    });
  },

  'error.platform.task.unknown': async () => {
    const store = new Map<string, unknown>();
    await afterDeploy(store);
    return withEngine({ bots: [waiting('2')], storage: keyvStorage({ store }) }, async (engine) => {
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
  const conversation = conversationKey(address(OURS), address(ANN));
  const activity = await organization.storage.activity.list({ conversation, limit: 10 });
  return activity.find(({ kind }) => kind === 'task.failed')?.name;
}
