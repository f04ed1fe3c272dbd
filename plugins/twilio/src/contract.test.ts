import { address, type WebhookRequest } from '@parley/core';
import { type ProviderFault, transportContract } from '@parley/testing/contracts';
import sdk from 'twilio';
import { createTwilioEmulator } from './emulator/emulator.ts';
import type { Fault } from './emulator/faults.ts';
import { parseForm } from './form.ts';
import { twilioStatuses } from './statuses.ts';
import { ACCOUNT, TOKEN } from './test-support.ts';
import { twilio } from './transport.ts';

const FAULTS: Readonly<Record<Exclude<ProviderFault, 'down'>, Fault>> = {
  refuse: { kind: 'refuse', status: 400, code: 21610 },
  busy: { kind: 'refuse', status: 429, code: 20429, retryAfter: 3 },
  'lose-request': { kind: 'drop', accepted: false },
  'lose-answer': { kind: 'drop', accepted: true },
  hang: { kind: 'hang', accepted: true },
};

const { receiving: _receiving, received: _received, ...statuses } = twilioStatuses;

transportContract('twilio', {
  statuses,
  media: true,
  codes: ['21211', '21610', '30003', '30007'],

  async start({ clock, ours, webhookUrl }) {
    const emulator = await createTwilioEmulator({
      accountSid: ACCOUNT,
      authToken: TOKEN,
      numbers: [{ number: ours }],
      // Callbacks are the contract's to make.
      progress: 'manual',
      clock,
    });
    const sign = (request: WebhookRequest, token: string): WebhookRequest => {
      const { fields } = parseForm(request.body);
      const signature = sdk.getExpectedTwilioSignature(token, webhookUrl + request.path, fields);
      return { ...request, headers: { ...request.headers, 'x-twilio-signature': signature } };
    };
    return {
      create: () => twilio({ accountSid: ACCOUNT, authToken: TOKEN, baseUrl: emulator.url }),
      taken: () =>
        emulator.messages().flatMap(({ sid, direction, from, to, body, media }) => {
          if (direction === 'inbound') return [];
          const urls = media.map(({ url }) => url);
          return [{ providerId: sid, from: address(from), to: address(to), text: body, media: urls }];
        }),
      fail(fault) {
        if (fault === 'down') emulator.faults.next({ kind: 'refuse', status: 503 }, { on: 'any', times: 100 });
        else emulator.faults.next(FAULTS[fault]);
      },
      heal: () => emulator.faults.clear(),
      textRequest: ({ number, from, to, text, media }, unknown) =>
        form('/inbound', {
          ...{ MessageSid: sid(number), AccountSid: ACCOUNT, From: from, To: to, Body: text },
          NumMedia: String(media.length),
          ...Object.fromEntries(media.map(({ url }, index) => [`MediaUrl${index}`, url])),
          ...unknown,
        }),
      reportRequest: ({ message, providerId, word }, unknown) =>
        form(`/status?message=${message.id}`, {
          ...{ MessageSid: providerId, MessageStatus: word, AccountSid: ACCOUNT },
          ...(word === 'undelivered' || word === 'failed' ? { ErrorCode: '30003' } : {}),
          ...unknown,
        }),
      sign: (request) => sign(request, TOKEN),
      forge: (request) => sign(request, 'a-token-of-strangers'),
      async picture() {
        const data = Buffer.from('a picture');
        return { media: await emulator.upload({ contentType: 'image/png', data }), data };
      },
      stop: () => emulator.close(),
    };
  },
});

function sid(number: number): string {
  return `SM${String(number).padStart(32, '0')}`;
}

/** As Twilio posts it. */
function form(path: string, parameters: Record<string, string>): WebhookRequest {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { method: 'POST', path, headers, body: Buffer.from(new URLSearchParams(parameters).toString()) };
}
