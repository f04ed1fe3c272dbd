import type { ParsedWebhook, Transport, WebhookRequest } from '@parley/core';
import { OURS, PICTURE, type ProviderText, type Setting, THEIRS } from './setting.ts';

/** Hands a request to a transport as the engine does: verified first, then read. */
export async function takeIn({ webhooks }: Transport, request: WebhookRequest): Promise<ParsedWebhook> {
  await webhooks.verify(request);
  return webhooks.parse(request);
}

/** The request as the provider sends it. */
export function genuine({ provider }: Setting, request: WebhookRequest): WebhookRequest {
  return provider.sign?.(request) ?? request;
}

/** A text of a person. */
export function textOf(fields: Partial<ProviderText> = {}): ProviderText {
  return { number: 1, from: THEIRS, to: OURS, text: 'Tomorrow at noon, please', media: [], ...fields };
}

export const pictured: Partial<ProviderText> = { media: [PICTURE] };
