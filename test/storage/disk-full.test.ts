import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { address, createEngine, defineApp, defineOrganization, silentLog } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';
import { createTwilioEmulator, type TwilioEmulator } from '@parley/plugin-twilio/emulator';
import { createRuntime, type RunningServer, serve } from '@parley/server';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { echo } from '../errors/world.ts';
import { suiteNeeding } from '../support/needs.ts';
import { mountSmallDisk, type SmallDisk, smallDiskNeed } from './support/small-disk.ts';

const OURS = address('+14155550100');

suiteNeeding(smallDiskNeed(), 'a server whose disk is full', () => {
  let disk: SmallDisk;
  let emulator: TwilioEmulator;
  let server: RunningServer;

  beforeEach(async () => {
    disk = mountSmallDisk(8);
    const port = await freePort();
    emulator = await createTwilioEmulator({
      numbers: [{ number: OURS, inboundUrl: `http://127.0.0.1:${port}/webhooks/twilio/inbound` }],
      latency: { sending: 1, sent: 2, outcome: 5 },
      keepMessages: 1_000_000,
    });
    const { accountSid, authToken, url } = emulator;
    const organization = defineOrganization({
      name: 'Full',
      apps: [defineApp({ id: 'app', number: OURS, bots: [echo] })],
      transports: { twilio: twilio({ accountSid, authToken, baseUrl: url }) },
      storage: sqlite({ file: join(disk.folder, 'parley.db') }),
    });
    const runtime = createRuntime({ log: silentLog });
    server = await serve(createEngine(organization, runtime), { ...runtime, port });
  });

  afterEach(async () => {
    await server.close();
    await emulator.close();
    disk.remove();
  });

  it('answers webhooks with 503, loses none that it acknowledged, and goes on by itself when there is room', async () => {
    const acknowledged: string[] = [];
    const text = async (name: string) => {
      const body = `${name} ${'x'.repeat(1_000)}`;
      const { answered } = await emulator.text({ from: address('+12125550123'), to: OURS, text: body });
      if (answered === 200) acknowledged.push(body);
      return answered;
    };
    expect(await text('before')).toBe(200);
    disk.fill();
    let answer = 200;
    for (let index = 0; answer === 200 && index < 2_000; index++) answer = (await text(`filling ${index}`)) ?? 0;
    expect(answer).toBe(503);
    expect(await text('while it is full')).toBe(503);
    disk.free();
    expect(await text('after')).toBe(200);
    await vi.waitFor(
      () => {
        const answers = emulator.messages().filter(({ direction }) => direction === 'outbound-api');
        expect(answers.map(({ body }) => body).sort()).toEqual([...acknowledged].sort());
      },
      { timeout: 20_000 },
    );
  });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { readonly port: number };
  probe.close();
  return port;
}
