import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANN, type Api, OURS, SECRET_OURS, startApi } from './world.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

let api: Api;

beforeAll(async () => {
  api = await startApi();
  await api.text('hello');
  await api.text('hello again', ANN, SECRET_OURS);
});
afterAll(() => api.server.close({ grace: 100 }));

async function health(query: Readonly<Record<string, string | number>>) {
  const given = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]));
  const { status, body } = await api.ask(`GET /health?${given}`, { as: 'viewer' });
  expect(status).toBe(200);
  return body;
}

const received = (counted: readonly { received: number }[]): number =>
  counted.reduce((all, { received: some }) => all + some, 0);

describe('the health of an organization', () => {
  it('counts the day in which the span ends', async () => {
    const now = Date.now();
    const { totals, days } = await health({ since: now - HOUR, until: now + 1 });
    expect(totals.received).toBe(2);
    expect(received(days)).toBe(2);
  });

  it('tells the hours of a short span apart, those without a text too', async () => {
    const today = Math.floor(Date.now() / DAY) * DAY;
    const { hours } = await health({ since: today, until: today + DAY });
    expect(hours.map(({ hour }: { hour: number }) => hour)).toEqual(
      hours.map((_: unknown, index: number) => today + index * HOUR),
    );
    expect(received(hours)).toBe(2);
    expect(hours.at(-1).hour).toBeLessThanOrEqual(Date.now());
    expect(received((await health({ since: today, until: today + DAY, app: 'app' })).hours)).toBe(1);
    expect(received((await health({ since: today, until: today + DAY, ours: SECRET_OURS })).hours)).toBe(1);
  });

  it('leaves hours away from a long span', async () => {
    const { hours, apps } = await health({ since: Date.now() - 7 * DAY, until: Date.now() });
    expect(hours).toBeUndefined();
    expect(apps.map(({ ours }: { ours: string }) => ours).sort()).toEqual([OURS, SECRET_OURS]);
  });
});

describe('texts that failed with a code', () => {
  it('are found among others, and counted with what the code means', async () => {
    for (const end of [1, 2, 3]) await api.text('hello', `+1500555300${end}`);
    for (let index = 0; index < 30; index++) await api.text('hello', ANN, SECRET_OURS);
    await expect
      .poll(async () => (await api.ask('GET /messages?status=failed', { as: 'viewer' })).body.messages.length)
      .toBe(3);
    const { failures } = await health({ since: Date.now() - DAY, until: Date.now() + 1 });
    expect(failures).toHaveLength(3);
    expect(failures[0].explanation.meaning).toMatch(/\w/);
    // Pages of one, so that those of others lie between.
    const { body } = await api.ask('GET /messages?code=30003&limit=1', { as: 'viewer' });
    expect(body.messages.map(({ error }: { error: { code: string } }) => error.code)).toEqual(['30003']);
    const csv = await api.ask('GET /messages.csv?code=30003', { as: 'agent' });
    expect(csv.body.trim().split('\n')).toHaveLength(2);
  });
});
