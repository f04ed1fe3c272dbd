import { firstText as plugin } from '@parley/plugin-first-text';
import { ANN, codeLog, inSimulation, type Provocation } from './world.ts';

/** What the plugin first-text refuses. */
export const firstText: Readonly<Record<string, Provocation>> = {
  'error.platform.first-text.no-room': async () => {
    const log = codeLog();
    const text = 'x'.repeat(1600);
    await inSimulation({ plugins: [plugin()] }, ({ actor }) => actor(ANN).text(text), log);
    return log.codes.find((code) => code !== undefined);
  },
};
