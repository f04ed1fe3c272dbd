import { tcpa as plugin, type TcpaOptions } from '@parley/plugin-tcpa';
import { ANN, inSimulation, type Provocation } from './world.ts';

/** What becomes of the last of so many texts to Ann in San Francisco, on Monday at 09:00 there, where she hears nothing out of hours. */
function codeOfText(options: TcpaOptions, to: string = ANN, texts = 1): Promise<string | undefined> {
  return inSimulation({ plugins: [plugin({ outside: 'skip', ...options })] }, async (simulation) => {
    for (let times = 0; times < texts; times++) {
      await simulation.engine.notify({ app: 'app', to, name: 'test', text: 'Hello' });
    }
    await simulation.advance({ seconds: 10 });
    return (await simulation.messages())[0]?.error?.code;
  });
}

const source = 'test';
const NEVER = { weekday: null, saturday: null, sunday: null };

/** What the plugin tcpa refuses. */
export const tcpa: Readonly<Record<string, Provocation>> = {
  'error.platform.tcpa.quiet-hours': () =>
    codeOfText({ overrides: [{ place: 'CA', hours: { weekday: '12:00-21:00' }, source }] }),
  'error.platform.tcpa.banned-day': () =>
    codeOfText({ overrides: [{ place: 'CA', hours: { weekday: null }, source }] }),
  'error.platform.tcpa.holiday': () =>
    codeOfText({ overrides: [{ place: 'CA', extraHolidays: [{ name: 'A day', rule: '2026-01-05' }], source }] }),
  'error.platform.tcpa.emergency-ban': () =>
    codeOfText({ emergencyBans: [{ places: ['CA'], from: '2026-01-01', until: '2026-01-31', reason: 'A fire' }] }),
  'error.platform.tcpa.frequency-cap': () =>
    codeOfText({ overrides: [{ place: 'CA', frequencyCap: { max: 1, perHours: 24 }, source }] }, ANN, 2),
  'error.platform.tcpa.no-window': () =>
    codeOfText({ outside: 'next', overrides: [{ place: 'CA', hours: NEVER, source }] }),
  'error.platform.tcpa.no-rule': () => codeOfText({ elsewhere: 'skip' }, '+4930123456'),
};
