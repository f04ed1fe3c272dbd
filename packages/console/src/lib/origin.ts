import type { Message } from '@parley/api';

const WHY: Readonly<Record<'fallback' | 'otherwise', string>> = {
  fallback: 'fallback text',
  otherwise: 'standard answer',
};

/** Who made a text, in few words: `booking`, `reminder`, `opt-out`, `Ann`. */
export function originName({ origin }: Pick<Message, 'origin'>): string {
  switch (origin.kind) {
    case 'actor':
      return 'the person';
    case 'bot':
      return origin.bot;
    case 'app':
      return WHY[origin.why];
    default:
      return origin.name;
  }
}

const KINDS: Readonly<Record<Message['origin']['kind'], string>> = {
  actor: 'Person',
  bot: 'Bot',
  notification: 'Notification',
  app: 'App',
  plugin: 'Plugin',
  person: 'Agent',
};

/** What kind of thing made it: `Bot`, `Notification`. */
export function originKind({ origin }: Pick<Message, 'origin'>): string {
  return KINDS[origin.kind];
}
