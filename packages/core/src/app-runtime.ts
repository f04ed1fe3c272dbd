import type { App } from './app.ts';
import type { Bot } from './bot.ts';
import { ParleyError } from './errors.ts';
import { createHost, type Host } from './host/host.ts';
import { botFor, type TriggeringText } from './triggers.ts';

/** A bot and the host that runs its machine. */
export interface HostedBot {
  readonly bot: Bot;
  readonly host: Host;
}

/** An app whose bots are ready to run. */
export interface AppRuntime {
  readonly app: App;
  /** The bot of exactly this version, which a running journey stays on. */
  version(id: string, version: string): HostedBot | undefined;
  /** The bot that a new journey uses: of several versions the one that the app lists first. */
  current(id: string): HostedBot | undefined;
  triggeredBy(text: TriggeringText): HostedBot | undefined;
  /** The bot that takes the place of a running journey when somebody texts its word. */
  interruptedBy(text: TriggeringText): HostedBot | undefined;
}

/**
 * Hosts all bots of an app.
 *
 * @param check whether to look at every step for what a document can not hold: see {@link HostOptions.check}
 * @throws `error.platform.bot.not-durable`
 */
export function createAppRuntime(app: App, { check = false }: { readonly check?: boolean } = {}): AppRuntime {
  const hosted = app.bots.map((bot) => ({
    bot,
    host: createHost(bot.machine, { name: `${app.id}/${bot.id}`, check }),
    triggers: bot.triggers,
  }));
  const current = hosted.filter(({ bot }, index) => hosted.findIndex((other) => other.bot.id === bot.id) === index);
  const interrupting = current.filter(({ bot }) => bot.conflict === 'replace');
  return {
    app,
    version: (id, version) => hosted.find(({ bot }) => bot.id === id && bot.version === version),
    current: (id) => current.find(({ bot }) => bot.id === id),
    triggeredBy: (text) => botFor(current, text),
    interruptedBy: (text) => botFor(interrupting, text, ['keyword', 'pattern', 'matching']),
  };
}

/** @throws `error.platform.bot.unknown` */
export function requireBot(runtime: AppRuntime, id: string): HostedBot {
  const hosted = runtime.current(id);
  if (hosted !== undefined) return hosted;
  throw unknownBot(runtime, id);
}

/** That an app has no such bot, and which it has. */
export function unknownBot({ app }: AppRuntime, bot: string): ParleyError {
  const known = [...new Set(app.bots.map(({ id }) => id))].join(', ') || 'none';
  return new ParleyError('error.platform.bot.unknown', { app: app.id, bot, known });
}
