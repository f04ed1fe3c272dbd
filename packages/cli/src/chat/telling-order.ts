import type { ActivityKind, News } from '@parley/core';

/**
 * News in the order in which people tell it: what made a bot say something ahead of what it says, and what became of a text at once where it was
 * said, ahead of the end of its journey.
 */
export function inTellingOrder(all: readonly News[]): readonly News[] {
  const groups: News[][] = [];
  const byMessage = new Map<string, News[]>();
  for (const news of all) {
    if (news.kind === 'message') {
      const name = `${news.message.id} ${momentOf(news)}`;
      const group = byMessage.get(name);
      if (group !== undefined) group.push(news);
      else groups.push(setIn(byMessage, name, [news]));
    } else if (CAUSES.has(news.activity.kind)) {
      const { journey } = news.activity;
      // What a turn says is announced ahead of what happened in it, and was not heard of since.
      const said = groups.findLastIndex(([one, more]) => more !== undefined || journeyOf(one) !== journey);
      groups.splice(said + 1, 0, [news]);
    } else groups.push([news]);
  }
  return groups.flat();
}

/** What makes bots say something, rather than come of it. */
const CAUSES: ReadonlySet<ActivityKind> = new Set(['journey.started', 'journey.migrated', 'task.failed', 'resumed']);

/** When something happened. */
export function momentOf(news: News): number {
  if (news.kind === 'activity') return news.activity.at;
  return (news.message.history.at(-1) ?? news.message).at;
}

/** The journey that has said something; nothing for what was not said. */
function journeyOf(news: News | undefined): string | undefined {
  if (news?.kind !== 'message') return undefined;
  const { origin } = news.message;
  return origin.kind === 'bot' ? origin.journey : undefined;
}

function setIn<Value>(map: Map<string, Value>, name: string, value: Value): Value {
  map.set(name, value);
  return value;
}
