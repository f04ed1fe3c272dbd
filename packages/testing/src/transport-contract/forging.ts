import type { ParsedWebhook, Transport, WebhookRequest } from '@parley/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectTurnedAway, refusal, type Secrets } from './outcomes.ts';
import type { Setting } from './setting.ts';
import { genuine, takeIn, textOf } from './webhook.ts';

export function forgingContract(setting: Setting): void {
  const text = textOf(setting);
  const secrets: Secrets = { to: text.from, text: text.text };

  const requests: Readonly<Record<string, () => WebhookRequest>> = {
    'a text': () => setting.provider.textRequest(text),
    'a status': () => {
      const [word = ''] = Object.keys(setting.underTest.statuses);
      return setting.provider.reportRequest({ message: setting.message(), providerId: 'PROVIDER-1', word });
    },
  };

  describe.each(Object.entries(requests))('%s', (_, unsigned) => {
    it('passes as the provider signs it, as often as it comes', async () => {
      const transport = await setting.open();
      const request = genuine(setting, unsigned());
      await takeIn(transport, request);
      await takeIn(await setting.open(), request);
    });

    it('does not pass without a signature, or with that of a stranger', async () => {
      const { webhooks } = await setting.open();
      const forged = setting.provider.forge?.(unsigned());
      expect(forged, 'the provider has no forge').toBeDefined();
      for (const request of [unsigned(), forged as WebhookRequest]) {
        const error = expectTurnedAway(await refusal(async () => webhooks.verify(request)), secrets);
        expect([401, 403]).toContain(error.status);
      }
    });

    it('does not pass with any part of its signature missing or changed', async () => {
      const { webhooks } = await setting.open();
      const request = genuine(setting, unsigned());
      for (const headers of spoiled(request.headers, unsigned().headers)) {
        expectTurnedAway(await refusal(async () => webhooks.verify({ ...request, headers })), secrets);
      }
    });

    if (setting.underTest.signs === 'sender') return;

    it('does not pass with another body under its signature', async () => {
      const { webhooks } = await setting.open();
      const request = genuine(setting, unsigned());
      const other = setting.provider.textRequest(textOf(setting, { number: 2, text: 'STOP' }));
      expectTurnedAway(await refusal(async () => webhooks.verify({ ...request, body: other.body })), secrets);
    });

    it('says nothing else when a byte of it is changed on the way', async () => {
      const transport = await setting.open();
      const request = genuine(setting, unsigned());
      const meant = await takeIn(transport, request);
      await fc.assert(
        fc.asyncProperty(fc.nat(request.body.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
          const body = Uint8Array.from(request.body);
          body[at] = (body[at] ?? 0) ^ change;
          const parsed = await orTurnedAway(transport, { ...request, body }, secrets);
          // Some ways of writing differ and say the same: %2b and %2B.
          if (parsed !== undefined) expect(withoutRaw(parsed)).toEqual(withoutRaw(meant));
        }),
        { numRuns: 100 },
      );
    });
  });
}

/** Headers that the signing has added, each missing and each with its first letter changed. */
function spoiled(signed: WebhookRequest['headers'], unsigned: WebhookRequest['headers']): WebhookRequest['headers'][] {
  const added = Object.keys(signed).filter((name) => unsigned[name] === undefined);
  return added.flatMap((name) => {
    const { [name]: value, ...rest } = signed;
    const [first = ''] = String(value);
    return [rest, { ...rest, [name]: '' }, { ...rest, [name]: (first === 'a' ? 'b' : 'a') + String(value).slice(1) }];
  });
}

export function malformedContract(setting: Setting): void {
  const text = textOf(setting, { text: 'Xyzzy' });
  const secrets: Secrets = { to: text.from, text: text.text };
  const bytes = fc.uint8Array({ maxLength: 200 });

  /** A request of the provider's with some bytes of its body taken out or replaced. */
  const damaged = fc
    .record({ kind: fc.boolean(), from: fc.nat(400), length: fc.nat(60), instead: fc.oneof(bytes, fc.string()) })
    .map(({ kind, from, length, instead }) => {
      const request = kind
        ? setting.provider.textRequest(text)
        : setting.provider.reportRequest({ message: { ...setting.message(), ...secrets }, providerId: 'X', word: 'x' });
      const start = from % (request.body.length + 1);
      const whole = Buffer.from(request.body);
      return {
        ...request,
        body: Buffer.concat([whole.subarray(0, start), Buffer.from(instead as string), whole.subarray(start + length)]),
      };
    });

  const anything: fc.Arbitrary<WebhookRequest> = fc.record({
    method: fc.constantFrom('POST', 'GET', 'PUT', 'constructor'),
    path: fc.oneof(fc.constantFrom('', '/', '/inbound', '/status?message=', '//', '/%'), fc.string()),
    headers: fc.dictionary(
      fc.constantFrom('content-type', 'x-signature', 'authorization', '__proto__', 'content-length'),
      fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 2 })),
    ),
    body: bytes,
  });

  it('does not quote a text that it can not read', async () => {
    const transport = await setting.open();
    const request = setting.provider.textRequest(text);
    const whole = Buffer.from(request.body);
    const behind = whole.indexOf(text.text) + text.text.length;
    // What readers of JSON say of a mistake shows some letters around it.
    for (let at = behind; at < behind + 4; at++) {
      for (const mistake of ['@', '"', '%', '\u0000']) {
        const body = Buffer.concat([whole.subarray(0, at), Buffer.from(mistake), whole.subarray(at)]);
        await orTurnedAway(transport, genuine(setting, { ...request, body }), secrets);
      }
    }
  });

  it.each([
    ['with bytes missing or changed, though it is signed', damaged],
    ['that could be anything', anything],
  ])('reads a request %s, or says by a code why not', async (_, arbitrary) => {
    const transport = await setting.open();
    await fc.assert(
      fc.asyncProperty(arbitrary as fc.Arbitrary<WebhookRequest>, async (request) => {
        for (const each of [request, genuine(setting, request)]) {
          const parsed = await orTurnedAway(transport, each, secrets);
          if (parsed === undefined) continue;
          for (const { providerId, to } of parsed.inbound) expect([providerId, ...to]).not.toContain('');
          for (const { update } of parsed.statuses) expect(update.providerId).toMatch(/\S/);
        }
      }),
      { numRuns: 200 },
    );
  });
}

/** What a request says; `undefined` when it was turned away, which has to be done by a code. */
async function orTurnedAway(
  transport: Transport,
  request: WebhookRequest,
  secrets: Secrets,
): Promise<ParsedWebhook | undefined> {
  try {
    return await takeIn(transport, request);
  } catch (error) {
    expectTurnedAway(error, secrets);
    return undefined;
  }
}

function withoutRaw({ inbound, statuses }: ParsedWebhook) {
  return {
    inbound: inbound.map(({ raw: _raw, ...rest }) => rest),
    statuses: statuses.map(({ raw: _raw, ...rest }) => rest),
  };
}
