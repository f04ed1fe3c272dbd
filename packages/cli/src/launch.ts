import { type Access, createEngine, type Engine, type Log, type StartOptions } from '@parley/core';
import { createRuntime, type RunningServer, serve } from '@parley/server';
import { loadOrganization } from './config/load.ts';
import type { Settings } from './settings.ts';

/** What {@link launch} takes. */
export interface LaunchOptions {
  /** The whole path of the configuration. */
  readonly config: string;
  readonly settings: Settings;
  readonly emulate: NonNullable<StartOptions['emulate']>;
  /** Whether to serve the phone page. */
  readonly phone: boolean;
  /** Whether the console is open to this computer without signing in; `unnamed`: where `access` names nobody. */
  readonly openConsole: boolean | 'unnamed';
  readonly log: Log;
  /** Whether to look at every step for what a document can not hold. */
  readonly check?: boolean;
  /** Told of every file of the project that is loaded. */
  readonly onImport?: (file: string) => void;
}

/** A server that was launched, and the engine behind it. */
export interface Launched {
  readonly engine: Engine;
  readonly server: RunningServer;
}

/** Loads a configuration and serves it. When it rejects, no port is open and nothing runs. */
export async function launch({
  config,
  settings,
  emulate,
  phone,
  openConsole,
  log,
  check = false,
  onImport,
}: LaunchOptions): Promise<Launched> {
  const { port, host, publicUrl } = settings;
  const organization = await loadOrganization(config, onImport);
  const runtime = createRuntime({ log });
  const named = publicUrl === undefined ? organization : { ...organization, publicUrl };
  const engine = createEngine(named, runtime, check ? { check } : {});
  const server = await serve(engine, {
    ...{ port, host, emulate, phone, plugins: runtime.plugins, log },
    openConsole: openConsole === 'unnamed' ? namesNobody(organization.access) : openConsole,
  });
  return { engine, server };
}

function namesNobody({ users = [], tokens = [], openId }: Access): boolean {
  return users.length === 0 && tokens.length === 0 && openId === undefined;
}
