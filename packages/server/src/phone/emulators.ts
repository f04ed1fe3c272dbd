import { type App, type Emulator, type Engine, ParleyError } from '@parley/core';

/** The emulated transports of an engine, by name. */
export function emulatorsOf(engine: Engine): ReadonlyMap<string, Emulator> {
  const found = new Map<string, Emulator>();
  for (const name of Object.keys(engine.organization.transports)) {
    const emulator = emulatorOf(engine, name);
    if (emulator !== undefined) found.set(name, emulator);
  }
  return found;
}

/** The emulator of one transport; `undefined` when it works for real. */
export function emulatorOf(engine: Engine, transport: string): Emulator | undefined {
  try {
    return engine.emulator(transport);
  } catch {
    return undefined;
  }
}

/**
 * An app that can be texted from this computer.
 *
 * @throws `error.platform.app.unknown`, `error.platform.transport.no-emulator`
 */
export function emulatedApp(engine: Engine, id: string): { readonly app: App; readonly emulator: Emulator } {
  const { apps } = engine.organization;
  const app = apps.find((candidate) => candidate.id === id);
  if (app === undefined) {
    throw new ParleyError('error.platform.app.unknown', { app: id, known: apps.map((one) => one.id).join(', ') });
  }
  const emulator = emulatorOf(engine, app.transport);
  if (emulator === undefined) {
    throw new ParleyError('error.platform.transport.no-emulator', { transport: app.transport });
  }
  return { app, emulator };
}
