import type { Message, QueryOf } from '@parley/api';
import { matches } from './filter.ts';

/** So many texts are shown at most that have come by the stream; then the first page is asked for again. */
export const MOST_HEARD = 600;

/** So many are kept ready while somebody reads further down; of more it is only known that there are more. */
export const MOST_WAITING = 500;

/** What the API has answered, page after page, newest first. */
export interface Loaded {
  readonly messages: readonly Message[];
  readonly ids: ReadonlySet<string>;
  /** Whether there are older ones. */
  readonly more: boolean;
}

/** What has come by the stream since. */
export interface Feed {
  /** The newest word of each text that is shown: of those that were loaded, and of those that have come on top. */
  readonly heard: ReadonlyMap<string, Message>;
  /** Texts that have come while somebody was reading further down. */
  readonly waiting: ReadonlyMap<string, Message>;
  /** There are more of them than are kept. */
  readonly overflow: boolean;
}

export const NOTHING_LOADED: Loaded = { messages: [], ids: new Set(), more: false };

export const NOTHING_HEARD: Feed = { heard: new Map(), waiting: new Map(), overflow: false };

const RANK: Readonly<Record<Message['status'], number>> = { pending: 0, sent: 1, delivered: 2, failed: 2, received: 2 };

interface Looking {
  readonly loaded: Loaded;
  readonly query: QueryOf<'GET /messages.csv'>;
  /** Keeps new texts waiting, so that nothing moves under whoever reads. */
  readonly hold: boolean;
}

/** Takes in what the stream has told. */
export function hear(feed: Feed, messages: readonly Message[], looking: Looking): Feed {
  const heard = new Map(feed.heard);
  const waiting = new Map(feed.waiting);
  let { overflow } = feed;
  for (const message of messages) {
    const { id } = message;
    const place = heard.has(id) ? 'shown' : placeOf(message, looking);
    if (place === 'shown') heard.set(id, message);
    else if (place === 'nowhere') waiting.delete(id);
    else if (waiting.has(id) || waiting.size < MOST_WAITING) waiting.set(id, message);
    else overflow = true;
  }
  return { heard, waiting, overflow };
}

function placeOf(message: Message, { loaded, query, hold }: Looking): 'shown' | 'waiting' | 'nowhere' {
  if (loaded.ids.has(message.id)) return 'shown';
  if (!matches(message, query) || !isInReach(message, loaded)) return 'nowhere';
  return hold ? 'waiting' : 'shown';
}

/** Shows what was waiting. */
export function release({ heard, waiting }: Feed): Feed {
  return { heard: new Map([...heard, ...waiting]), waiting: new Map(), overflow: false };
}

/** Forgets what the API has told as well meanwhile, and what is too old to be shown. */
export function settle(feed: Feed, loaded: Loaded): Feed {
  const known = new Map(loaded.messages.map((message) => [message.id, message]));
  const isNews = (message: Message): boolean => {
    const before = known.get(message.id);
    return before === undefined ? isInReach(message, loaded) : RANK[message.status] >= RANK[before.status];
  };
  const heard = new Map([...feed.heard].filter(([, message]) => isNews(message)));
  const waiting = new Map([...feed.waiting].filter(([id, message]) => !known.has(id) && isInReach(message, loaded)));
  return { heard, waiting, overflow: feed.overflow };
}

/** What is shown, newest first: what was loaded, with what has become of it, and what has come since. */
export function rowsOf(
  { heard }: Feed,
  { loaded, query }: { readonly loaded: Loaded; readonly query: QueryOf<'GET /messages.csv'> },
): readonly Message[] {
  if (heard.size === 0) return loaded.messages;
  const names = new Map(loaded.messages.map(({ conversation, name }) => [conversation, name]));
  const named = (message: Message): Message => {
    const name = message.name ?? names.get(message.conversation);
    return name === undefined ? message : { ...message, name };
  };
  const known = loaded.messages.flatMap((message) => {
    const later = heard.get(message.id);
    if (later === undefined || RANK[later.status] < RANK[message.status]) return message;
    return matches(later, query) ? named(later) : [];
  });
  const added = [...heard.values()].filter(({ id }) => !loaded.ids.has(id)).sort(newestFirst);
  return merge(added.filter((message) => matches(message, query)).map(named), known);
}

function merge(added: readonly Message[], known: readonly Message[]): readonly Message[] {
  if (added.length === 0) return known;
  const merged: Message[] = [];
  let next = 0;
  for (const message of known) {
    for (let one = added[next]; one !== undefined && newestFirst(one, message) < 0; one = added[++next])
      merged.push(one);
    merged.push(message);
  }
  return [...merged, ...added.slice(next)];
}

/** Older than all that is loaded is for the next page. */
function isInReach(message: Message, { messages, more }: Loaded): boolean {
  const oldest = messages.at(-1);
  return !more || oldest === undefined || newestFirst(message, oldest) < 0;
}

/** In the order of the API: by time, of one moment by id. */
function newestFirst(one: Message, other: Message): number {
  if (one.at !== other.at) return other.at - one.at;
  return one.id < other.id ? 1 : one.id > other.id ? -1 : 0;
}
