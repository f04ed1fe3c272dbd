export type { WebhookEvent } from './events.ts';
export { signatureOf } from './signature.ts';
export { type Endpoint, type WebhooksOptions, webhooks } from './webhooks.ts';
