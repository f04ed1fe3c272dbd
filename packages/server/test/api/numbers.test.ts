import { createEngine, defineApp, defineOrganization, silentLog } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { twilio } from '@parley/plugin-twilio';
import { createTwilioEmulator, type TwilioEmulator } from '@parley/plugin-twilio/emulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRuntime, type RunningServer, serve } from '../../src/index.ts';

const ACCOUNT = `AC${'1'.repeat(32)}`;
const PUBLIC = 'https://bots.example.com';
const TOKEN = 'o'.repeat(40);

describe('asking the provider about a number', () => {
  let provider: TwilioEmulator;
  let server: RunningServer;

  beforeEach(async () => {
    provider = await createTwilioEmulator({
      ...{ accountSid: ACCOUNT, authToken: 'token' },
      numbers: [
        { number: '+14155550100', inboundUrl: `${PUBLIC}/webhooks/twilio/inbound#rc=2&rp=all` },
        { number: '+14155550101', inboundUrl: 'https://elsewhere.example.com/texts' },
        { number: '+14155550102' },
      ],
    });
    const organization = defineOrganization({
      name: 'Test',
      apps: [100, 101, 102, 103].map((end) => defineApp({ id: `app-${end}`, number: `+14155550${end}` })),
      transports: { twilio: twilio({ accountSid: ACCOUNT, authToken: 'token', baseUrl: provider.url }) },
      storage: memoryStorage(),
      access: { tokens: [{ name: 'operator', role: 'operator', token: TOKEN }] },
      publicUrl: PUBLIC,
    });
    const runtime = createRuntime({ log: silentLog });
    server = await serve(createEngine(organization, runtime), {
      ...{ port: 0, emulate: 'never', log: silentLog, plugins: runtime.plugins, openConsole: false },
    });
  });

  afterEach(async () => {
    await server.close();
    await provider.close();
  });

  async function check(app: string): Promise<{ readonly result: string; readonly advice: string }> {
    const response = await fetch(`${server.url}/api/v1/apps/${app}/number`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(response.status).toBe(200);
    return (await response.json()) as never;
  }

  it('says that texts come here, whatever else the provider is told behind a #', async () => {
    expect(await check('app-100')).toEqual({ result: 'ok', advice: 'The provider sends texts here.' });
  });

  it('says where they go instead, and what to do', async () => {
    expect(await check('app-101')).toEqual({
      result: 'differs',
      advice: `The provider sends texts to https://elsewhere.example.com/texts. Set it to ${PUBLIC}/webhooks/twilio/inbound.`,
    });
    expect((await check('app-102')).advice).toContain('sends texts to nowhere');
  });

  it('says when the provider does not know the number, or can not be asked', async () => {
    expect(await check('app-103')).toMatchObject({
      result: 'unknown',
      advice: expect.stringContaining('does not say'),
    });
    provider.faults.next({ kind: 'refuse', status: 401, code: 20003 }, { on: 'any' });
    const { result, advice } = await check('app-100');
    expect(result).toBe('unknown');
    expect(advice).toContain('The provider can not be asked');
    expect(advice).not.toContain('0100');
  });
});
