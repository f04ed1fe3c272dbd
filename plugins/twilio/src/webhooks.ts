import { ParleyError, type ParsedWebhook, type TransportWebhooks, type WebhookRequest } from '@parley/core';
import { type Form, parseForm } from './form.ts';
import { malformed, readInbound } from './inbound.ts';
import { requireSignature } from './signature.ts';
import { readStatus } from './status-report.ts';

/** What a webhook has to know of its transport. */
export interface WebhookSettings {
  /** Where Twilio reaches us, without a slash at the end. */
  readonly url: string;
  /** Tokens that Twilio may have signed with, the current one first. */
  readonly tokens: readonly string[];
  readonly now: () => number;
}

const FORM = /^application\/x-www-form-urlencoded\s*(;|$)/i;

/**
 * The webhooks `/inbound` and `/status`.
 *
 * @param settings throws when the transport is not open.
 */
export function createWebhooks(settings: () => WebhookSettings): TransportWebhooks {
  // Both steps need the parameters, and the second follows the first at once: one place remembers them. When two requests
  // cross, one is read twice; a WeakMap that holds them all costs more than that.
  let last: { readonly request: WebhookRequest; readonly form: Form } | undefined;
  const formOf = (request: WebhookRequest): Form => {
    if (last?.request === request) return last.form;
    const form = parseForm(request.body);
    last = { request, form };
    return form;
  };
  return {
    verify(request) {
      if (request.method !== 'POST') throw new ParleyError('error.platform.webhook.method');
      const { url, tokens } = settings();
      requireSignature(request.headers, url + request.path, formOf(request).fields, tokens);
    },
    parse(request) {
      requireForm(request);
      const { fields, problem } = formOf(request);
      last = undefined;
      if (problem !== undefined) throw malformed(problem);
      const [path, query] = splitOnce(request.path);
      if (path === '/inbound') return { inbound: [readInbound(fields)], statuses: [], reply: emptyTwiml };
      if (path === '/status') {
        return { inbound: [], statuses: [readStatus(fields, query, settings().now())], reply: noContent };
      }
      throw new ParleyError('error.platform.webhook.not-found');
    },
  };
}

// Answers go through the REST API: a reply in TwiML has no id of which a restart could ask.
const emptyTwiml: ParsedWebhook['reply'] = { status: 200, contentType: 'text/xml', body: '<Response/>' };
const noContent: ParsedWebhook['reply'] = { status: 204 };

function requireForm(request: WebhookRequest): void {
  const type = request.headers['content-type'];
  if (typeof type !== 'string' || !FORM.test(type)) {
    throw malformed('the content type is not application/x-www-form-urlencoded');
  }
}

function splitOnce(path: string): readonly [path: string, query: string] {
  const mark = path.indexOf('?');
  return mark === -1 ? [path, ''] : [path.slice(0, mark), path.slice(mark + 1)];
}
