import type { App } from '@parley/core';
import { createLog } from '@parley/server';
import type { Flags } from './command-line.ts';
import { loadEnvironment } from './config/environment.ts';
import { findConfig } from './config/find.ts';
import { crashOnUnhandled } from './crash.ts';
import { launch } from './launch.ts';
import { resolveSettings } from './settings.ts';
import { signalToStop } from './signals.ts';

/** `parley start`: serves until a signal asks it to stop, then finishes what is under way. */
export async function start(flags: Flags): Promise<void> {
  const asked = signalToStop();
  const config = findConfig(process.cwd(), flags.config);
  const profile = loadEnvironment(config, process.env, { ...flags, otherwise: 'production' });
  const settings = resolveSettings(flags, process.env);
  const log = createLog({ level: settings.logLevel });
  crashOnUnhandled(log);
  const emulate = flags.emulate ? 'always' : 'never';
  const { engine, server } = await launch({
    ...{ config, settings, emulate, phone: flags.emulate, log },
    openConsole: flags.emulate && 'unnamed',
  });
  const idsOf = (mode: App['mode']) => engine.organization.apps.filter((app) => app.mode === mode).map(({ id }) => id);
  log.info({ profile, preview: idsOf('preview'), published: idsOf('published') }, 'Serving');
  const signal = await asked;
  log.info({ signal }, 'Stopping');
  await server.close();
}
