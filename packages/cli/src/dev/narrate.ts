import { type Engine, type Log, type MessageRecord, maskAddress, type News } from '@parley/core';

/** Tells in the log what is going on: texts that come and go, journeys, hand-offs. Never what a text says. */
export function narrate(engine: Engine, log: Log): void {
  engine.subscribe((news) => {
    const sentence = sentenceOf(news);
    if (sentence !== undefined) log.info(fieldsOf(news), sentence);
  });
}

function sentenceOf(news: News): string | undefined {
  if (news.kind === 'activity') return `${capital(news.activity.kind.replace('.', ' '))}`;
  const { direction, status } = news.message;
  if (direction === 'inbound') return 'Text in';
  return status === 'pending' ? undefined : `Text out, ${status}`;
}

function fieldsOf(news: News): Readonly<Record<string, unknown>> {
  if (news.kind === 'message') {
    const { app, theirs, error }: MessageRecord = news.message;
    return { app, with: maskAddress(theirs), ...(error === undefined ? {} : { code: error.code }) };
  }
  const { app, bot, name } = news.activity;
  return { app, ...(bot === undefined ? {} : { bot }), ...(name === undefined ? {} : { name }) };
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
