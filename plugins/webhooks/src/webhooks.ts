import { isLoopback, type Plugin, parseOptions } from '@parley/core';
import * as z from 'zod';
import { createDeliveries, type Deliveries } from './deliveries.ts';
import { activityEvent, isWanted, messageEvent, type WebhookEvent } from './events.ts';
import { isStrong } from './signature.ts';

/** Where events go. */
export interface Endpoint {
  /** Lower-case letters, digits and dashes; names what waits for it, so keep it when the URL changes. */
  readonly name: string;
  /** `https:`, or `http:` to this computer. */
  readonly url: string;
  /** Signs: 24 bytes at least, or base64 behind `whsec_`. From the environment, not from the code. */
  readonly secret: string;
  /** `message.delivered`, `message.*`, `activity.journey.ended`, `activity.*`, `*`. Default: everything. */
  readonly events?: readonly string[];
}

export interface WebhooksOptions {
  readonly endpoints: readonly Endpoint[];
  /** How long an endpoint may take, in milliseconds. Default 10,000. */
  readonly timeout?: number;
  /** For how long an event is tried, once at least, in milliseconds. Default three days. */
  readonly giveUpAfter?: number;
}

const DAY = 24 * 3_600_000;

const endpointSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'a name has lower-case letters, digits and dashes'),
  url: z.url().refine(isSafe, 'an endpoint is https://, or http:// on this computer, without a user or a password'),
  secret: z.string().refine(isStrong, 'a secret has 24 bytes at least; behind whsec_ they are in base64'),
  events: z.array(z.string().min(1)).default(['*']),
});

const optionsSchema = z.strictObject({
  endpoints: z
    .array(endpointSchema)
    .min(1, 'name an endpoint')
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'two endpoints have one name'),
  timeout: z.number().int().positive().default(10_000),
  giveUpAfter: z
    .number()
    .int()
    .positive()
    .default(3 * DAY),
});

/**
 * Tells endpoints of the operator's own what happens to texts and journeys: signed as Standard Webhooks has it, tried again with growing
 * waits, in order for each conversation.
 *
 * ```ts
 * plugins: [webhooks({ endpoints: [{ name: 'crm', url: 'https://crm.example/parley', secret: process.env.CRM_SECRET ?? '' }] })]
 * ```
 *
 * @throws `error.platform.config.malformed`
 */
export function webhooks(options: WebhooksOptions): Plugin {
  const { endpoints, timeout, giveUpAfter } = parseOptions(optionsSchema, options, 'webhooks');
  let deliveries: readonly (Deliveries & { readonly events: readonly string[] })[] = [];

  async function tell(event: WebhookEvent): Promise<void> {
    await Promise.all(deliveries.filter(({ events }) => isWanted(event.type, events)).map((one) => one.add(event)));
  }

  return {
    name: 'webhooks',
    async setup(context) {
      deliveries = endpoints.map((endpoint) => ({
        ...createDeliveries(endpoint, { timeout, giveUpAfter }, context),
        events: endpoint.events,
      }));
      for (const one of deliveries) await one.resume();
    },
    observeMessage: (message) => tell(messageEvent(message)),
    observeActivity: (activity) => tell(activityEvent(activity)),
    async eraseActor(person) {
      for (const one of deliveries) await one.forget(person);
    },
    async close() {
      await Promise.all(deliveries.map((one) => one.close()));
    },
  };
}

function isSafe(text: string): boolean {
  const { protocol, hostname, username, password } = new URL(text);
  // They would not be sent.
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}
