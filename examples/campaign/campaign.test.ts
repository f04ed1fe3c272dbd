import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { MessageRecord } from '@parley/core';
import { type Simulation, simulate } from '@parley/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import organization, { ledger, texts } from './parley.config.ts';

/** A Friday, 7:30 in New York: nobody between there and Honolulu may be texted yet. */
const FRIDAY = '2026-12-04T07:30:00-05:00';

let shop: Simulation;
beforeEach(async () => {
  shop = await simulate(organization, { start: FRIDAY });
  for await (const [person = '', kind, at = '', categories] of rowsOf('consents.csv')) {
    if (kind !== 'given') continue;
    await ledger.record({
      ...{ id: person, kind, person: person as never, at: Date.parse(at), how: 'web' },
      categories: [categories as 'marketing'],
    });
  }
});
afterEach(() => shop.close());

async function* rowsOf(file: string): AsyncGenerator<string[]> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  for await (const line of createInterface({ input: createReadStream(path) })) yield line.split(',');
}

async function* recipients() {
  for await (const [to = '', discount] of rowsOf('recipients.csv')) {
    if (to.startsWith('+')) yield { to, data: { discount: Number(discount) } };
  }
}

async function messageTo(number: string): Promise<MessageRecord | undefined> {
  return (await shop.messages()).find(({ theirs, origin }) => theirs === number && origin.kind === 'notification');
}

/** When a message left, in the person's own time. */
async function leftAt(number: string): Promise<string | undefined> {
  const message = await messageTo(number);
  const sent = message?.history.find(({ source }) => source === 'send');
  const { timeZone } = organization.actors.find(({ address }) => address === number) ?? {};
  return sent && new Date(sent.at).toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
}

describe('a campaign over the time zones', () => {
  it('reaches everybody at the first minute of theirs that is allowed', async () => {
    await texts.broadcast('weekend', recipients());
    await shop.advance({ minutes: 1 });
    const waiting = await messageTo('+12125550123');
    expect(waiting?.status).toBe('pending');
    expect(waiting?.history.at(-1)?.verdicts).toMatchObject([
      { policy: 'consent', kind: 'allow' },
      { policy: 'tcpa', kind: 'defer', code: 'error.platform.tcpa.quiet-hours', rule: expect.stringContaining('NY') },
    ]);
    await shop.advance({ hours: 12 });
    const times = await Promise.all(
      ['+12125550123', '+13125550123', '+13035550123', '+13235550123', '+18085550123'].map(leftAt),
    );
    expect(times).toEqual(['08:00', '08:00', '08:00', '08:00', '08:00']);
  });

  it('speaks the language of each, and says the first time who is texting and how to stop', async () => {
    await texts.broadcast('weekend', recipients());
    await shop.advance({ hours: 12 });
    const ann = shop.actor('+12125550123').lastText;
    expect(ann).toContain('Hi Ann, this weekend all beans are 20 % off.');
    expect(ann).toMatch(/Sunrise Coffee/);
    expect(ann).toMatch(/Up to 4 msgs\/month/);
    expect(ann).toMatch(/HELP.*STOP/);
    expect(shop.actor('+13235550123').lastText).toContain('Hola Dee, este fin de semana');
  });

  it('leaves out who has not agreed, and who has said STOP', async () => {
    await shop.actor('+18085550123').text('Stop. Thank you');
    await texts.broadcast('weekend', recipients());
    await shop.advance({ hours: 12 });
    expect((await messageTo('+15125550123'))?.error?.code).toBe('error.platform.consent.missing');
    // STOP has gone into the ledger, and consent is asked before opt-out.
    expect((await messageTo('+18085550123'))?.error?.code).toBe('error.platform.consent.revoked');
    expect(shop.actor('+18085550123').received).toHaveLength(1);
    expect((await ledger.of('+18085550123' as never)).map(({ kind }) => kind)).toEqual(['given', 'revoked']);
  });

  it('answers HELP, which Twilio leaves alone at a toll-free number', async () => {
    expect(await shop.actor('+13125550123').text('HELP')).toEqual([
      expect.stringMatching(/^Sunrise Coffee: .*sunrise-coffee\.example\/help/),
    ]);
  });

  it('takes back what waits for the morning when somebody says STOP meanwhile', async () => {
    await texts.broadcast('weekend', recipients());
    await shop.advance({ minutes: 5 });
    await shop.actor('+12125550123').text('STOP');
    await shop.advance({ hours: 12 });
    expect(await messageTo('+12125550123')).toMatchObject({
      status: 'failed',
      error: { code: 'error.platform.opt-out.opted-out' },
    });
  });

  it('says the same to nobody twice', async () => {
    await texts.broadcast('weekend', recipients());
    await shop.advance({ hours: 12 });
    const again = await texts.notify('weekend', '+12125550123', { discount: 20 });
    expect(again.outcome).toBe('sent');
    const third = await texts.notify('weekend', '+12125550123', { discount: 20 });
    expect(third).toMatchObject({
      outcome: 'refused',
      code: 'error.platform.message-limiter.duplicate-message-sent',
    });
  });
});
