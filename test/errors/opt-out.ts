import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import { type MessageId, type PluginContext, pluginData, systemClock } from '@parley/core';
import { importOptOuts, type OptOutOptions, optOut as plugin } from '@parley/plugin-opt-out';
import Koa from 'koa';
import { ANN, inSimulation, organization, type Provocation } from './world.ts';

/** A notification to somebody who has texted something, as its record has it. */
function notified(text: string) {
  return inSimulation({ plugins: [plugin()] }, async (simulation) => {
    await simulation.actor(ANN).text(text);
    const { message } = await simulation.engine.notify({ app: 'app', to: ANN, name: 'news', text: 'News' });
    await simulation.advance({ seconds: 1 });
    return simulation.organization.storage.messages.get(message as MessageId);
  });
}

/** What a request to the API of the plugin throws. */
async function answered(options: OptOutOptions, headers: Readonly<Record<string, string>>): Promise<unknown> {
  const whole = organization({ plugins: [plugin(options)] });
  const router = new Router();
  await whole.plugins[0]?.setup?.({ organization: whole, ...data(whole), router } as unknown as PluginContext);
  let thrown: unknown;
  const app = new Koa().use(async (context, next) => {
    await next().catch((error: unknown) => {
      thrown = error;
    });
    context.status = 400;
  });
  const server = createServer(app.use(router.routes()).callback()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}/opt-out`, { method: 'POST', headers, body: '{}' });
  server.closeAllConnections();
  server.close();
  throw thrown;
}

function data({ storage }: ReturnType<typeof organization>) {
  return { ...pluginData(storage, 'opt-out'), clock: systemClock };
}

const KEY = 'a key that has 24 characters and more';

/** What the plugin opt-out refuses. */
export const optOut: Readonly<Record<string, Provocation>> = {
  'error.platform.opt-out.opted-out': async () => (await notified('STOP'))?.error?.code,
  'error.platform.opt-out.unsure': async () => (await notified('stop by at 5'))?.history.at(-1)?.verdicts?.[0]?.code,

  'error.platform.opt-out.needs-reason': () =>
    inSimulation({ plugins: [plugin()] }, async (simulation) => {
      await simulation.actor(ANN).text('STOP');
      const whole = simulation.organization;
      return whole.plugins[0]?.commands?.['opt-in']?.run([ANN], {
        ...{ organization: whole, clock: simulation.clock, newId: () => 'id' },
        data: async () => pluginData(whole.storage, 'opt-out'),
        output: { write: () => {} },
        input: process.stdin,
      });
    }),

  'error.platform.opt-out.import-malformed': () => {
    const whole = organization();
    return importOptOuts('Ann\n', { ...data(whole), apps: whole.apps, now: 0, newId: () => 'id' });
  },

  'error.platform.opt-out.unauthorized': () => answered({ apiKey: KEY }, {}),
  'error.platform.opt-out.malformed': () => answered({ apiKey: KEY }, { authorization: `Bearer ${KEY}` }),
};
