/** What a page and the server say to each other: one JSON object per WebSocket message. Only types, since the page shares them. */

/** What a page says. */
export type ClientFrame =
  /** Comes first: which chat, and who it is if that is known. */
  | { readonly type: 'hello'; readonly app: string; readonly token?: string }
  /** A text. Its id is made by the page, so that the same text sent twice is one. */
  | { readonly type: 'text'; readonly id: string; readonly text: string; readonly media?: readonly SharedMedia[] }
  /** These messages have arrived. */
  | { readonly type: 'seen'; readonly ids: readonly string[] }
  /** Asks for what was said before: `more` of the page before. */
  | { readonly type: 'history'; readonly before: string }
  | { readonly type: 'ping' };

/** What the server says. */
export type ServerFrame =
  /** The answer to `hello`. `token` is what to come back with; `resumed` says whether the one that was given still counts. */
  | ({
      readonly type: 'welcome';
      readonly token: string;
      readonly resumed: boolean;
      /** How many characters a text may have. */
      readonly longest: number;
    } & HistoryPage)
  /** Something was said, by either side and maybe in another window. */
  | { readonly type: 'message'; readonly message: ShownMessage }
  /** The text is on disk: it need not be sent again. */
  | { readonly type: 'accepted'; readonly id: string }
  /** The text was not taken. With `retryAfter`, milliseconds, it may be later; without, it never will. */
  | { readonly type: 'refused'; readonly id: string; readonly code: string; readonly retryAfter?: number }
  | ({ readonly type: 'history' } & HistoryPage)
  | { readonly type: 'pong' };

/** A part of what was said, oldest first. */
export interface HistoryPage {
  readonly messages: readonly ShownMessage[];
  /** There is more before it. */
  readonly more?: string;
}

/** A message as a visitor sees it. */
export interface ShownMessage {
  /** The page's own id of a text of the visitor, else the server's. */
  readonly id: string;
  readonly from: 'visitor' | 'bot' | 'person';
  /** Of the person who says it, where visitors are told. */
  readonly name?: string;
  readonly text: string;
  readonly media: readonly SharedMedia[];
  /** When it was said, milliseconds since the epoch. */
  readonly at: number;
  /** Nobody has told the server yet that it has arrived: `seen` is wanted. */
  readonly unseen?: true;
}

/** A picture or file, by its address. */
export interface SharedMedia {
  readonly url: string;
  readonly contentType?: string;
}

/** Why the server ends a connection, as WebSocket close codes. */
export interface CloseCodes {
  /** The page does not speak as it should. */
  readonly malformed: 4400;
  /** There is no chat of this name. */
  readonly unknown: 4404;
  /** Too many connections or visitors from one computer. */
  readonly crowded: 4429;
  /** The server stops; another will be there soon. */
  readonly restart: 1012;
  /** Something is out of order; try later. */
  readonly later: 1013;
}
