import { routes } from '@parley/api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ANN, type Api, SECRET_OURS, startApi } from './world.ts';

let api: Api;

beforeAll(async () => {
  api = await startApi({
    plugins: [{ name: 'footer', rewriteOutbound: (text) => `${text} – call +14155550177, or reply STOP` }],
  });
  await api.text('hello');
  await api.text('hello', ANN, SECRET_OURS);
});
afterAll(() => api.server.close({ grace: 100 }));

/** The answer of an app, when it has been delivered. */
async function delivered(app: string, as: 'viewer' | 'operator' = 'operator') {
  const ask = () => api.ask(`GET /messages?app=${app}&direction=outbound&status=delivered`, { as });
  await expect.poll(async () => (await ask()).body.messages.length).toBe(1);
  const detail = await api.ask(`GET /messages/${(await ask()).body.messages[0].id}`, { as });
  expect(routes['GET /messages/:id'].response.parse(detail.body)).toEqual(detail.body);
  return detail.body;
}

it('shows a text as it was said and as it left, and counts the parts of what left', async () => {
  const shown = await delivered('app');
  expect(shown).toMatchObject({
    text: 'You said hello',
    sentText: 'You said hello – call +14155550177, or reply STOP',
    segments: { encoding: 'UCS-2', count: 1 },
  });
  expect((await delivered('app', 'viewer')).sentText).toBe('You said hello – call …0177, or reply STOP');
});

it('shows each report of the provider as it came, without the number of the person', async () => {
  const { history } = await delivered('app');
  const reports = history.filter(({ source }: { source: string }) => source === 'callback');
  expect(reports.at(-1).raw).toMatchObject({ MessageStatus: 'delivered' });
  expect(JSON.stringify(reports)).not.toContain('4155550123');
  expect(history[0]).not.toHaveProperty('raw');
});

it('keeps a text as it left to itself where the app is confidential', async () => {
  const shown = await delivered('secret');
  expect(shown).toMatchObject({ text: '', redacted: true });
  expect(JSON.stringify(shown)).not.toContain('STOP');
});
