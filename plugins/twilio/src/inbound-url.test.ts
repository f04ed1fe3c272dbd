import { address, type Transport } from '@parley/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTwilioEmulator, type TwilioEmulator } from './emulator/emulator.ts';
import { ACCOUNT, contextOf, never, OURS, SERVICE, TOKEN } from './test-support.ts';
import { twilio } from './transport.ts';

const HERE = 'https://bots.example.com/webhooks/twilio/inbound';
const WITHOUT = address(`MG${'1'.repeat(32)}`);
const BY_NUMBER = address(`MG${'2'.repeat(32)}`);

describe('inboundUrlOf', () => {
  let emulator: TwilioEmulator;
  let transport: Transport;

  beforeEach(async () => {
    emulator = await createTwilioEmulator({
      accountSid: ACCOUNT,
      authToken: TOKEN,
      numbers: [
        { number: OURS, inboundUrl: HERE },
        // Twilio finds it, too, when it is asked for the one above.
        { number: `${OURS}1`, inboundUrl: 'https://elsewhere.example.com' },
        { number: '+14155550101' },
        { number: '72975', inboundUrl: HERE },
      ],
      services: [
        { sid: SERVICE, inboundUrl: HERE, numbers: ['+14155550110'] },
        { sid: WITHOUT },
        { sid: BY_NUMBER, inboundUrl: HERE, useInboundWebhookOnNumber: true },
      ],
    });
    transport = twilio({ accountSid: ACCOUNT, authToken: TOKEN, baseUrl: emulator.url });
    await transport.open(contextOf());
  });

  afterEach(async () => {
    await transport.close();
    await emulator.close();
  });

  const asked = (of: string) => transport.inboundUrlOf?.(address(of), { signal: never });

  it('is the webhook of a number, of a short code, of a messaging service', async () => {
    expect(await asked(OURS)).toBe(HERE);
    expect(await asked(`${OURS}1`)).toBe('https://elsewhere.example.com');
    expect(await asked('72975')).toBe(HERE);
    expect(await asked(SERVICE)).toBe(HERE);
  });

  it('is empty where texts are sent nowhere', async () => {
    expect(await asked('+14155550101')).toBe('');
    expect(await asked('+14155550110')).toBe('');
    expect(await asked(WITHOUT)).toBe('');
  });

  it('is not told of what the account does not own, nor where something else decides', async () => {
    expect(await asked('+14155550177')).toBeUndefined();
    expect(await asked('4155')).toBeUndefined();
    expect(await asked(`MG${'3'.repeat(32)}`)).toBeUndefined();
    expect(await asked(BY_NUMBER)).toBeUndefined();
    expect(await asked('whatsapp:+14155550100')).toBeUndefined();
  });

  it('says why it could not be asked', async () => {
    emulator.faults.next({ kind: 'refuse', status: 401, code: 20003 }, { on: 'any' });
    await expect(asked(OURS)).rejects.toMatchObject({ name: 'SendError', code: '20003' });
    emulator.faults.next({ kind: 'refuse', status: 503 }, { on: 'any' });
    await expect(asked(SERVICE)).rejects.toMatchObject({ name: 'SendError' });
  });
});
