import { duplicateLimit as plugin } from '@parley/plugin-duplicate-limit';
import { ANN, inSimulation, type Provocation } from './world.ts';

/** What the plugin duplicate-limit refuses. */
export const duplicateLimit: Readonly<Record<string, Provocation>> = {
  'error.platform.message-limiter.duplicate-message-sent': () =>
    inSimulation({ plugins: [plugin()], app: { mode: 'published' } }, async (simulation) => {
      const request = { app: 'app', to: ANN, name: 'test', text: 'Hello' };
      for (let times = 0; times < 2; times++) await simulation.engine.notify(request);
      await simulation.advance({ minutes: 1 });
      return (await simulation.messages())[0]?.error?.code;
    }),
};
