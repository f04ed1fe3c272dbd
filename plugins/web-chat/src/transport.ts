import {
  type Address,
  ParleyError,
  type Plugin,
  type Refusal,
  type Transport,
  type TransportContext,
} from '@parley/core';
import { resolveOptions, type WebChatOptions } from './options.ts';
import { type Serving, startServing } from './serving.ts';
import { CHANNEL } from './visitors.ts';
import { createWebhooks, receiptIdOf } from './webhooks.ts';

/**
 * Conversations in a web page, over WebSockets. An app takes part by a number such as `web:support`, and a page by a line:
 * `<script src="https://bots.example.com/plugins/web-chat/chat.js" data-app="support"></script>`.
 *
 * ```ts
 * export default defineOrganization({
 *   name: 'Riverside Clinic',
 *   apps: [defineApp({ id: 'support', number: 'web:support', bots: [appointments] })],
 *   transports: { web: webChat({ origins: ['https://www.example.com'] }) },
 *   storage: sqlite({ file: 'clinic.db' }),
 * });
 * ```
 *
 * @throws `error.platform.config.malformed`, at its `open` too for a number that is none of `web:`.
 */
export function webChat(options: WebChatOptions = {}): Transport {
  const resolved = resolveOptions(options);
  let context: TransportContext | undefined;
  let serving: Serving | undefined;
  const use = (): Serving => {
    if (serving === undefined) throw new ParleyError('error.platform.engine.stopped');
    return serving;
  };

  const plugin: Plugin = {
    name: resolved.name,
    // What a visitor says shows in their other windows; what is said to them shows once it has left.
    observedStatuses: ['received', 'sent'],
    async setup(pluginContext) {
      if (context === undefined) throw new ParleyError('error.platform.engine.stopped');
      serving = await startServing(resolved, context, pluginContext);
    },
    observeMessage: (record) => serving?.tell(record),
    upgrade: (request) => use().connect(request),
    close() {
      serving?.close();
      serving = undefined;
    },
  };

  return {
    name: 'web-chat',
    plugin,

    async open(given) {
      for (const address of given.addresses) requireChat(address);
      context = given;
    },

    pageOf: (address) => `/plugins/${resolved.name}/${address.slice(CHANNEL.length)}`,

    refuses: ({ to }) => (isVisitor(to) ? undefined : notAVisitor()),

    // It is in the message log already. Pages are told as soon as the log says that it was sent.
    send: async ({ id }) => ({ providerId: receiptIdOf(id), providerStatus: 'sent', status: 'sent' }),

    // What the log does not call sent was shown to nobody: sent again, it is sent once.
    find: async () => undefined,

    webhooks: createWebhooks(() => use().webhooks),

    async close() {
      context = undefined;
    },
  };
}

function isVisitor(address: Address): boolean {
  return address.startsWith(CHANNEL);
}

/** @throws `error.platform.config.malformed` */
function requireChat(address: Address): void {
  if (isVisitor(address)) return;
  throw new ParleyError('error.platform.config.malformed', {
    problem: 'an app of this transport has a number such as web:support, the name of its chat behind web:',
    where: 'webChat',
  });
}

function notAVisitor(): Refusal {
  const { code, message: reason } = new ParleyError('error.platform.web-chat.not-a-visitor');
  return { code, reason };
}
