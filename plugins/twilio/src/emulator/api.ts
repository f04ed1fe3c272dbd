import type { FormFields } from '../form.ts';
import { isFinal } from '../statuses.ts';
import type { Account } from './account.ts';
import { refuse } from './api-problem.ts';
import type { Carrier } from './carrier.ts';
import { one, readDraft } from './create-message.ts';
import type { FaultTarget } from './faults.ts';
import { listMessages } from './list-messages.ts';
import type { MediaStore } from './media-store.ts';
import { type EmulatedMessage, mediaResource, messageResource } from './message.ts';
import type { OptOuts } from './opt-out.ts';
import { senderAnswer } from './senders.ts';
import type { MessageStore } from './store.ts';

/** A request of the API, once it is known who asks. */
export interface ApiRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: FormFields;
  readonly form: FormFields;
}

/** What the API answers: JSON unless it says otherwise. */
export interface ApiAnswer {
  readonly status: number;
  readonly json?: unknown;
  readonly bytes?: { readonly contentType: string; readonly data: Uint8Array };
  readonly location?: string;
}

interface ApiWorld {
  readonly accountSid: string;
  readonly account: Account;
  readonly store: MessageStore;
  readonly carrier: Carrier;
  readonly optOuts: OptOuts;
  readonly uploads: MediaStore;
  /** The id of the upload that a URL of ours is of. */
  readonly uploadOf: (url: string) => string | undefined;
  readonly now: () => number;
}

const ROUTE =
  /^\/2010-04-01\/Accounts\/(?<account>[^/.]+)(?:\.json|\/Messages(?:\/(?<sid>\w+)(?:\/Media(?:\/(?<media>\w+))?)?)?(?<json>\.json)?)$/;

/** What a request is about, for the faults that are made for it. */
export function faultTarget(request: Pick<ApiRequest, 'method' | 'path'>): FaultTarget {
  if (!request.path.endsWith('/Messages.json')) return 'any';
  return request.method === 'POST' ? 'create' : 'list';
}

/**
 * Answers a request of the API.
 *
 * @throws Refusal with Twilio's code.
 */
export function answer(world: ApiWorld, request: ApiRequest): ApiAnswer {
  const sender = senderAnswer(world, request);
  if (sender !== undefined) return { status: 200, json: sender };
  const { account, sid, media, json } = ROUTE.exec(request.path)?.groups ?? {};
  if (account !== world.accountSid) refuse(20404, request.path);
  if (sid === undefined) {
    if (json === undefined) return accountAnswer(world, request);
    return request.method === 'POST' ? create(world, request) : list(world, request);
  }
  const message = world.store.get(sid) ?? refuse(20404, request.path);
  if (/\/Media(\/|\.json$)/.test(request.path)) return mediaAnswer(world, request, message, media, json !== undefined);
  switch (request.method) {
    case 'GET':
      return { status: 200, json: messageResource(message, world.accountSid) };
    case 'POST':
      return { status: 200, json: messageResource(update(world, message, request.form), world.accountSid) };
    case 'DELETE':
      requireDone(message);
      world.store.remove(message.sid);
      return { status: 204 };
    default:
      return refuse(20004);
  }
}

function accountAnswer(world: ApiWorld, request: ApiRequest): ApiAnswer {
  if (request.method !== 'GET') refuse(20004);
  const { accountSid: sid } = world;
  return { status: 200, json: { sid, status: 'active', type: 'Full', friendly_name: 'Emulated account' } };
}

function create(world: ApiWorld, { form }: ApiRequest): ApiAnswer {
  const draft = readDraft(form, world.account, world.optOuts, world.now());
  return { status: 201, json: messageResource(world.carrier.accept(draft), world.accountSid) };
}

function list(world: ApiWorld, request: ApiRequest): ApiAnswer {
  if (request.method !== 'GET') refuse(20004);
  return { status: 200, json: listMessages(world.store.all(), request.query, world.accountSid) };
}

/** `Status=canceled` calls a scheduled message off, an empty `Body` takes the text out of a finished one. */
function update(world: ApiWorld, message: EmulatedMessage, form: FormFields): EmulatedMessage {
  if (one(form, 'Status') === 'canceled') {
    if (message.status !== 'scheduled') refuse(30409);
    world.carrier.report(message.sid, { status: 'canceled' });
  } else if (form.Body === '') {
    requireDone(message);
    world.store.update(message.sid, { redacted: true, dateUpdated: world.now() });
  }
  return world.store.get(message.sid) ?? message;
}

function requireDone(message: EmulatedMessage): void {
  if (message.direction !== 'inbound' && !isFinal(message.status) && message.status !== 'sent') refuse(20009);
}

function mediaAnswer(
  world: ApiWorld,
  { method, path }: ApiRequest,
  message: EmulatedMessage,
  sid: string | undefined,
  json: boolean,
): ApiAnswer {
  if (method !== 'GET') refuse(20004);
  const { accountSid } = world;
  if (sid === undefined) {
    const page = { page: 0, page_size: 50, start: 0, end: message.media.length - 1, uri: path };
    const pages = { first_page_uri: path, next_page_uri: null, previous_page_uri: null };
    const list = message.media.map((each) => mediaResource(each, message, accountSid));
    return { status: 200, json: { media_list: list, ...page, ...pages } };
  }
  const medium = message.media.find((each) => each.sid === sid) ?? refuse(20404, path);
  if (json) return { status: 200, json: mediaResource(medium, message, accountSid) };
  const upload = world.uploadOf(medium.url);
  const bytes = upload === undefined ? undefined : world.uploads.get(upload);
  return bytes === undefined ? { status: 307, location: medium.url } : { status: 200, bytes };
}
