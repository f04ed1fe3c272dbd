import type { ParsedWebhook, Transport, WebhookRequest } from '@parley/core';
import { PICTURE, type ProviderText, type Setting } from './setting.ts';

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
export function textOf({ theirs, ours }: Setting, fields: Partial<ProviderText> = {}): ProviderText {
  return { number: 1, from: theirs, to: ours, text: 'Tomorrow at noon, please', media: [], ...fields };
}

export const pictured: Partial<ProviderText> = { media: [PICTURE] };
