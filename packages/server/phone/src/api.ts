import type { OrganizationView, PhoneMessage, Picture } from './types.ts';

/** The server answered with an error of its registry. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export function fetchOrganization(): Promise<OrganizationView> {
  return request('organization');
}

export async function fetchThread(app: string, phone: string): Promise<readonly PhoneMessage[]> {
  const { messages } = await request<{ messages: PhoneMessage[] }>(`thread?${new URLSearchParams({ app, phone })}`);
  return messages;
}

export function postText(text: {
  readonly app: string;
  readonly from: string;
  readonly text: string;
  readonly media: readonly Picture[];
}): Promise<{ readonly id: string; readonly answered: number }> {
  return request('text', {
    method: 'POST',
    body: JSON.stringify(text),
    headers: { 'content-type': 'application/json' },
  });
}

export function postPicture(app: string, file: Blob): Promise<Picture> {
  return request(`media?${new URLSearchParams({ app })}`, { method: 'POST', body: file });
}

async function request<Result>(path: string, init?: RequestInit): Promise<Result> {
  const response = await fetch(`api/${path}`, init);
  const body = await response.json();
  if (response.ok) return body as Result;
  const error = (body as { error?: { code?: string; message?: string } }).error;
  throw new RefusedError(error?.code ?? String(response.status), error?.message ?? response.statusText);
}

/** Longest and shortest wait before the next try to connect. */
const WAIT = { first: 500, most: 5_000 };

/**
 * Listens for messages until the page is closed. A browser reconnects by itself while the server is gone, but gives up for
 * good when it is answered with an error; then a new connection is made.
 */
export function listen(on: {
  readonly message: (message: PhoneMessage) => void;
  /** Connected; unless `resumed`, messages may have been missed. */
  readonly ready: (resumed: boolean) => void;
  readonly lost: () => void;
}): void {
  let wait = WAIT.first;

  const connect = () => {
    const source = new EventSource('api/events');
    source.addEventListener('ready', (event) => {
      wait = WAIT.first;
      on.ready(JSON.parse(event.data).resumed === true);
    });
    source.addEventListener('message', (event) => on.message(JSON.parse(event.data)));
    source.addEventListener('error', () => {
      on.lost();
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, WAIT.most);
    });
  };
  connect();
}
