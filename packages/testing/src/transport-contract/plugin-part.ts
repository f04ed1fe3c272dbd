import {
  type Address,
  defineApp,
  defineOrganization,
  type Log,
  ParleyError,
  type Plugin,
  pluginData,
  type Storage,
  type Transport,
} from '@parley/core';
import { createRuntime } from '../simulate.ts';
import type { VirtualClock } from '../virtual-clock.ts';

/** What the plugin of a transport is set up with where no engine runs. */
export interface Surroundings {
  readonly storage: Storage;
  readonly clock: VirtualClock;
  readonly log: Log;
  readonly ours: Address;
}

/** Sets up what a transport does besides carrying messages, as the engine does after its `open`. Answers the plugin, to be closed. */
export async function setUpPlugin(
  name: string,
  transport: Transport,
  { storage, clock, log, ours }: Surroundings,
): Promise<Plugin | undefined> {
  const { plugin } = transport;
  if (plugin === undefined) return undefined;
  const runtime = createRuntime(clock, { log });
  const withoutEngine = async () => {
    throw new ParleyError('error.platform.engine.stopped');
  };
  await plugin.setup?.({
    organization: defineOrganization({
      name: 'Under test',
      apps: [defineApp({ id: 'echo', number: ours })],
      transports: { [name]: transport },
      storage,
    }),
    ...pluginData(storage, plugin.name),
    ...{ clock, log, newId: runtime.newId, router: runtime.createRouter() },
    messages: storage.messages,
    explain: () => undefined,
    actor: async (address) => ({ address }),
    notify: withoutEngine,
    refreshMessage: withoutEngine,
    resendMessage: withoutEngine,
    silence: withoutEngine,
    updateActor: withoutEngine,
  });
  return plugin;
}
