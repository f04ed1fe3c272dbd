import { ParleyError, type Transport, type WebhookRequest } from '@parley/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNT, contextOf, OURS, SERVICE, signedRequest, THEIRS, TOKEN } from './test-support.ts';
import { twilio } from './transport.ts';

const SMS = {
  MessageSid: `SM${'a'.repeat(32)}`,
  SmsSid: `SM${'a'.repeat(32)}`,
  AccountSid: ACCOUNT,
  From: THEIRS as string,
  To: OURS as string,
  Body: 'Hello',
  NumMedia: '0',
};

async function open(webhookUrl = 'https://bots.example.com/webhooks/twilio', previousAuthToken?: string) {
  const transport = twilio({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    ...(previousAuthToken === undefined ? {} : { previousAuthToken }),
  });
  await transport.open(contextOf({ webhookUrl }));
  return transport;
}

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof ParleyError) return `${error.status} ${error.code}`;
    throw error;
  }
  return 'passed';
}

describe('webhooks', () => {
  let transport: Transport;
  beforeAll(async () => {
    transport = await open();
  });
  afterAll(() => transport.close());

  const verify = (request: WebhookRequest) => codeOf(() => transport.webhooks.verify(request));
  const parse = (request: WebhookRequest) => codeOf(() => transport.webhooks.parse(request));
  const inbound = (parameters: Record<string, string>) => {
    const request = signedRequest('/inbound', parameters);
    transport.webhooks.verify(request);
    return transport.webhooks.parse(request).inbound[0];
  };

  describe('verify', () => {
    it('lets a signed request pass, whatever its parameters', () => {
      expect(verify(signedRequest('/inbound', SMS))).toBe('passed');
      expect(verify(signedRequest('/inbound', { ...SMS, Body: 'ü 👋 \n & = + %', Brand_New: 'x' }))).toBe('passed');
      expect(verify(signedRequest('/inbound', { ...SMS, Body: '' }))).toBe('passed');
      expect(verify(signedRequest('/status?message=0192-ab', { MessageSid: 'SM1', MessageStatus: 'sent' }))).toBe(
        'passed',
      );
    });

    it('refuses a request without a signature', () => {
      const request = signedRequest('/inbound', SMS);
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      expect(verify({ ...request, headers })).toBe('403 error.platform.webhook.unsigned');
      expect(verify({ ...request, headers: { ...headers, 'x-twilio-signature': '' } })).toContain('unsigned');
      expect(verify({ ...request, headers: { ...headers, 'x-twilio-signature': [] } })).toContain('unsigned');
    });

    it('refuses a request whose body, path, query or token is not what was signed', () => {
      const request = signedRequest('/status?message=1', SMS);
      const forged = '403 error.platform.webhook.forged';
      expect(verify({ ...request, body: Buffer.from('Body=Other') })).toBe(forged);
      expect(verify({ ...request, path: '/inbound?message=1' })).toBe(forged);
      expect(verify({ ...request, path: '/status?message=2' })).toBe(forged);
      expect(verify(signedRequest('/inbound', SMS, { token: 'another' }))).toBe(forged);
      expect(verify(signedRequest('/inbound', SMS, { url: 'https://evil.example.com' }))).toBe(forged);
      const two = { ...request.headers, 'x-twilio-signature': ['a', String(request.headers['x-twilio-signature'])] };
      expect(verify({ ...request, headers: two })).toBe(forged);
    });

    it('takes POST only', () => {
      const request = signedRequest('/inbound', SMS);
      for (const method of ['GET', 'PUT', 'HEAD']) {
        expect(verify({ ...request, method })).toBe('405 error.platform.webhook.method');
      }
    });

    it('says of a malformed body that it is forged before it says what is wrong with it', () => {
      const request = signedRequest('/inbound', SMS);
      expect(verify({ ...request, body: Buffer.from('Body=%ff') })).toBe('403 error.platform.webhook.forged');
      expect(verify({ ...request, body: Buffer.from([0x42, 0x3d, 0xff, 0xfe]) })).toContain('forged');
    });

    it('checks against the public URL that a proxy stands for, with a port or without', async () => {
      for (const [configured, signed] of [
        ['https://bots.example.com:8443/hooks', 'https://bots.example.com:8443/hooks'],
        ['https://bots.example.com/hooks', 'https://bots.example.com:443/hooks'],
        ['https://bots.example.com:443/hooks', 'https://bots.example.com/hooks'],
        ['http://127.0.0.1:3000/hooks', 'http://127.0.0.1:3000/hooks'],
      ] as const) {
        const behindProxy = await open(configured);
        // What the proxy adds is not believed: only the configured URL counts.
        const request = signedRequest('/status?message=a%27b&x=1', SMS, { url: signed });
        const headers = { ...request.headers, host: '10.0.0.7', 'x-forwarded-host': 'elsewhere.example.com' };
        expect(codeOf(() => behindProxy.webhooks.verify({ ...request, headers }))).toBe('passed');
        await behindProxy.close();
      }
    });

    it('takes the previous token while tokens are rotated', async () => {
      const rotating = await open(undefined, 'the-token-before');
      const check = (token: string) =>
        codeOf(() => rotating.webhooks.verify(signedRequest('/inbound', SMS, { token })));
      expect(check(TOKEN)).toBe('passed');
      expect(check('the-token-before')).toBe('passed');
      expect(check('neither')).toBe('403 error.platform.webhook.forged');
      await rotating.close();
    });
  });

  describe('an incoming text', () => {
    it('is read with all that Twilio says of it', () => {
      expect(
        inbound({ ...SMS, FromCity: 'OAKLAND', FromState: 'CA', FromZip: '', FromCountry: 'US', New: '1' }),
      ).toEqual({
        providerId: SMS.MessageSid,
        from: THEIRS,
        to: [OURS],
        text: 'Hello',
        media: [],
        place: { city: 'OAKLAND', region: 'CA', country: 'US' },
        raw: { ...SMS, FromCity: 'OAKLAND', FromState: 'CA', FromZip: '', FromCountry: 'US', New: '1' },
      });
    });

    it('is answered with an empty TwiML', () => {
      expect(transport.webhooks.parse(signedRequest('/inbound', SMS)).reply).toEqual({
        status: 200,
        contentType: 'text/xml',
        body: '<Response/>',
      });
    });

    it('names the messaging service after the number', () => {
      expect(inbound({ ...SMS, MessagingServiceSid: SERVICE })?.to).toEqual([OURS, SERVICE]);
    });

    it('brings its media', () => {
      const media = {
        NumMedia: '2',
        MediaUrl0: 'https://api.twilio.com/a',
        MediaContentType0: 'image/jpeg',
        MediaUrl1: 'https://api.twilio.com/b',
      };
      expect(inbound({ ...SMS, Body: '', ...media })).toMatchObject({
        text: '',
        media: [{ url: media.MediaUrl0, contentType: 'image/jpeg' }, { url: media.MediaUrl1 }],
      });
    });

    it('may come from WhatsApp', () => {
      const addresses = { From: `whatsapp:${THEIRS}`, To: `whatsapp:${OURS}` };
      const message = inbound({ ...SMS, ...addresses, WaId: '14155550199', ProfileName: 'Ada', ButtonPayload: 'yes' });
      expect(message).toMatchObject({ from: addresses.From, to: [addresses.To], raw: { ButtonPayload: 'yes' } });
    });

    it('carries the opt-out that Twilio has handled', () => {
      expect(inbound({ ...SMS, Body: 'STOP', OptOutType: 'STOP' })?.optOut).toBe('stop');
      expect(inbound({ ...SMS, OptOutType: 'toString' })?.optOut).toBeUndefined();
      expect(inbound(SMS)?.optOut).toBeUndefined();
    });

    it('has no media where NumMedia is missing', () => {
      const { NumMedia: _, ...without } = SMS;
      expect(inbound(without)?.media).toEqual([]);
    });

    it.each([
      ['MessageSid is missing', { MessageSid: '' }],
      ['From is missing', { From: '' }],
      ['To is missing', { To: '' }],
      ['From is no address', { From: 'somebody' }],
      ['To is no address', { To: '+1' }],
      ['NumMedia', { NumMedia: '1e3' }],
      ['NumMedia', { NumMedia: '-1' }],
      ['NumMedia', { NumMedia: '999' }],
      ['NumMedia', { NumMedia: '9'.repeat(400) }],
      ['MediaUrl0 is missing', { NumMedia: '1' }],
      ['MediaUrl0 is not an http URL', { NumMedia: '1', MediaUrl0: 'javascript:alert(1)' }],
    ])('is refused as malformed: %s', (problem, patch) => {
      const request = signedRequest('/inbound', { ...SMS, ...patch });
      expect(verify(request)).toBe('passed');
      expect(() => transport.webhooks.parse(request)).toThrow(problem);
      expect(parse(request)).toBe('400 error.platform.webhook.malformed');
    });

    it('is refused when a parameter that counts comes twice, and kept when another does', () => {
      const body = new URLSearchParams(SMS).toString();
      const request = signedRequest('/inbound', SMS);
      const twice = (extra: string) => ({ ...request, body: Buffer.from(`${body}&${extra}`) });
      expect(parse(twice('From=%2B14155550177'))).toBe('400 error.platform.webhook.malformed');
      expect(parse(twice('MessageSid=SM2'))).toBe('400 error.platform.webhook.malformed');
      expect(transport.webhooks.parse(twice('Odd=1&Odd=2')).inbound[0]?.raw.Odd).toBe('1, 2');
    });

    it('is refused when it is not a form, or not UTF-8', () => {
      const request = signedRequest('/inbound', SMS);
      const malformed = '400 error.platform.webhook.malformed';
      expect(parse({ ...request, headers: { 'content-type': 'application/json' } })).toBe(malformed);
      expect(parse({ ...request, headers: {} })).toBe(malformed);
      expect(parse({ ...request, body: Buffer.from(`${request.body.toString()}&Body=%C3`) })).toBe(malformed);
      expect(parse({ ...request, body: Buffer.from([0x42, 0x3d, 0xff]) })).toBe(malformed);
      expect(parse({ ...request, body: Buffer.from('a=1&'.repeat(10_000)) })).toBe(malformed);
      expect(parse({ ...request, body: new Uint8Array() })).toBe(malformed);
      const charset = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };
      expect(parse({ ...request, headers: charset })).toBe('passed');
    });

    it('is not found at another path', () => {
      expect(parse(signedRequest('/inbound/more', SMS))).toBe('404 error.platform.webhook.not-found');
      expect(parse(signedRequest('/', SMS))).toBe('404 error.platform.webhook.not-found');
    });
  });

  it('never answers anything but a coded error, whatever is posted', () => {
    const name = fc.constantFrom(
      ...Object.keys(SMS),
      'MediaUrl0',
      'NumMedia',
      'MessageStatus',
      '__proto__',
      'constructor',
    );
    const raw = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('%', '%zz', '%C3%28', '+', '&', '=', 'SM1', '1'),
    );
    const pair = fc.tuple(fc.oneof(name, raw), raw).map(([key, value]) => `${key}=${value}`);
    const body = fc.oneof(
      fc.array(pair, { maxLength: 12 }).map((pairs) => Buffer.from(pairs.join('&'))),
      fc.uint8Array({ maxLength: 200 }),
    );
    const path = fc.oneof(
      fc.constantFrom('/inbound', '/status', '/status?message=1', '/status?message=%'),
      fc.string(),
    );
    const header = fc.oneof(fc.constant('application/x-www-form-urlencoded'), fc.string());
    fc.assert(
      fc.property(body, path, header, fc.string(), (bytes, where, contentType, signature) => {
        const headers = { 'content-type': contentType, 'x-twilio-signature': signature };
        const request = { method: 'POST', path: where, headers, body: bytes };
        expect(verify(request)).toMatch(/^403 error\.platform\.webhook\.(forged|unsigned)$/);
        expect(parse(request)).toMatch(/^(passed|40[04] error\.platform\.webhook\.(malformed|not-found))$/);
      }),
      { numRuns: 500 },
    );
  });

  it('reads back every text that can be sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        const request = signedRequest('/inbound', { ...SMS, Body: text });
        expect(verify(request)).toBe('passed');
        expect(transport.webhooks.parse(request).inbound[0]?.text).toBe(text);
      }),
    );
  });
});
