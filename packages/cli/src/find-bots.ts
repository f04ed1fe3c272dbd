import { type App, type Bot, nearest, type Organization } from '@parley/core';
import { type Flags, malformed, quote } from './command-line.ts';

/** A bot in its current version, and the app that it is in. */
export interface BotOfApp {
  readonly app: App;
  readonly bot: Bot;
}

/**
 * The bots that `--app` and `--bot` mean: all without them.
 *
 * @throws `error.platform.command-line.malformed` when there is no such app or bot
 */
export function findBots(
  { apps }: Organization,
  { app: appId, bot: botId }: Pick<Flags, 'app' | 'bot'>,
): readonly BotOfApp[] {
  requireKnown(
    'app',
    appId,
    apps.map(({ id }) => id),
  );
  const all = apps
    .filter(({ id }) => appId === undefined || id === appId)
    .flatMap((app) => currentBots(app).map((bot) => ({ app, bot })));
  requireKnown(
    'bot',
    botId,
    all.map(({ bot }) => bot.id),
  );
  return all.filter(({ bot }) => botId === undefined || bot.id === botId);
}

/** Of several versions the one that new journeys use. */
function currentBots({ bots }: App): readonly Bot[] {
  return bots.filter(({ id }, index) => bots.findIndex((other) => other.id === id) === index);
}

function requireKnown(what: string, id: string | undefined, known: readonly string[]): void {
  if (id === undefined || known.includes(id)) return;
  const meant = nearest(id, known);
  const there = known.length === 0 ? 'There is none.' : `There are ${[...new Set(known)].join(', ')}.`;
  malformed(`There is no ${what} ${quote(id)}.${meant === undefined ? '' : ` Did you mean ${meant}?`} ${there}`);
}
