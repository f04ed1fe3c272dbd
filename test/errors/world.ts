import {
  type AppOptions,
  anyText,
  type Bot,
  createEngine,
  defineApp,
  defineBot,
  defineOrganization,
  type Engine,
  type EngineOptions,
  type Log,
  type Organization,
  type Plugin,
  type Storage,
  say,
  setupBot,
  silentLog,
  type Transport,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { createRuntime } from '@parley/server';
import { SimulatedCarrier, type Simulation, simulate } from '@parley/testing';

/**
 * Makes one error happen with real components. Throws it, or answers with the code where that goes into a record
 * instead: a message's history, a log line, what a browser is told.
 */
export type Provocation = () => unknown;

export const OURS = '+14155550100';
export const ANN = '+14155550123';

export const echo = defineBot({
  id: 'echo',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({}).createMachine({
    on: { 'message.received': { actions: say(({ event }) => event.text) } },
  }),
});

/** Parts of an organization that a provocation wants to be other than usual. */
export interface Parts {
  readonly bots?: readonly Bot[];
  readonly plugins?: readonly Plugin[];
  readonly transport?: Transport;
  readonly storage?: Storage;
  readonly app?: Partial<AppOptions>;
}

export function organization(parts: Parts = {}): Organization {
  const {
    bots = [echo],
    plugins = [],
    transport = new SimulatedCarrier(),
    storage = memoryStorage(),
    app = {},
  } = parts;
  return defineOrganization({
    name: 'Test',
    apps: [defineApp({ id: 'app', number: OURS, bots, ...app })],
    transports: { sms: transport },
    storage,
    plugins,
  });
}

/** Runs something with an organization in memory and in virtual time. */
export async function inSimulation<Result>(
  parts: Parts,
  run: (simulation: Simulation) => Promise<Result>,
  log: Log = silentLog,
): Promise<Result> {
  const simulation = await simulate(organization(parts), { log });
  try {
    return await run(simulation);
  } finally {
    await simulation.close();
  }
}

/** Runs something with an engine that has been started in real time. */
export async function withEngine<Result>(
  parts: Parts,
  run: (engine: Engine) => Promise<Result>,
  options?: EngineOptions,
): Promise<Result> {
  const engine = createEngine(organization(parts), createRuntime({ log: silentLog }), options);
  await engine.start({ localUrl: 'http://127.0.0.1:3000', emulate: 'always' });
  try {
    return await run(engine);
  } finally {
    await engine.stop({ grace: 0 });
  }
}

/** A log that keeps the codes of its lines. */
export function codeLog(): Log & { readonly codes: unknown[] } {
  const codes: unknown[] = [];
  const add = ({ code }: { readonly code?: unknown }) => void codes.push(code);
  return { codes, debug: add, info: add, warn: add, error: add };
}
