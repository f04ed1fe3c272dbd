import type { MessageId, StatusReport, StatusUpdate } from '@parley/core';
import { type FormFields, flatten } from './form.ts';
import { malformed, optional, required } from './inbound.ts';
import { providerError } from './provider-errors.ts';
import { parleyStatus } from './statuses.ts';

/** The parameter of our own in a status callback's URL. */
const MESSAGE = 'message';

/** An id of ours is 36 characters at most; anything much longer is none. */
const LONGEST_ID = 128;

/** The status callback of a message of ours, which carries our id so that it is known before Twilio's id is. */
export function statusUrl(webhookUrl: string, id: MessageId): string {
  return `${webhookUrl}/status?${MESSAGE}=${encodeURIComponent(id)}`;
}

/**
 * Reads the parameters of a status callback.
 *
 * @throws `error.platform.webhook.malformed`
 */
export function readStatus(fields: FormFields, query: string, now: number): StatusReport {
  const word = optional(fields, 'MessageStatus') ?? optional(fields, 'SmsStatus');
  if (word === undefined) throw malformed('MessageStatus is missing');
  const messageId = new URLSearchParams(query).get(MESSAGE);
  const carrierDate = optional(fields, 'RawDlrDoneDate');
  return {
    ...(messageId === null || messageId === '' || messageId.length > LONGEST_ID
      ? {}
      : { messageId: messageId as MessageId }),
    update: {
      status: parleyStatus(word),
      providerStatus: word,
      providerId: required(fields, 'MessageSid'),
      at: now,
      source: 'callback',
      ...explainFailure(word, optional(fields, 'ErrorCode')),
      ...(carrierDate === undefined ? {} : { carrierDate }),
    },
    raw: flatten(fields),
  };
}

function explainFailure(word: string, code: string | undefined): Pick<StatusUpdate, 'code' | 'reason'> {
  if (parleyStatus(word) !== 'failed') return {};
  // Twilio sends 0 where it means none.
  if (code !== undefined && code !== '0') {
    return { code, reason: providerError(code)?.meaning ?? 'Twilio gave this code and no reason.' };
  }
  return { code: word, reason: word === 'canceled' ? 'It was canceled at Twilio.' : 'Twilio gave no reason.' };
}
