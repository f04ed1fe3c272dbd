import { createEngine, defineApp, defineOrganization, silentLog } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { defineNotification, type Notifications, notifications as plugin } from '@parley/plugin-notifications';
import { createRuntime, serve } from '@parley/server';
import { SimulatedCarrier, simulate } from '@parley/testing';
import { ANN, inSimulation, organization, type Provocation } from './world.ts';

const news = defineNotification({ name: 'news', text: 'News {{ n }}', data: { n: 'number' } });
const date = defineNotification({ name: 'date', text: '{{ "2026-12-01" | date: f }}', data: { f: 'text' } });
const DATA = { n: 1 };
const KEY = 'the-key-of-a-provocation';

type Texts = Notifications<readonly [typeof news, typeof date]>;

function make(options: { readonly mostRecipients?: number } = {}): Texts {
  return plugin({
    notifications: [news, date],
    apiKeys: [{ key: KEY, notifications: ['news'] }],
    ...options,
  });
}

/** Runs something with notifications in virtual time. */
function withTexts(run: (texts: Texts) => Promise<unknown>, texts: Texts = make()): Promise<unknown> {
  return inSimulation({ plugins: [texts] }, () => run(texts));
}

/** The code that a server answers a request with. */
async function codeOfRequest(path: string, request: { readonly key: string; readonly body: string }): Promise<unknown> {
  const runtime = createRuntime({ log: silentLog });
  const server = await serve(createEngine(organization({ plugins: [make()] }), runtime), {
    ...runtime,
    ...{ port: 0, host: '127.0.0.1', log: silentLog },
  });
  try {
    const response = await fetch(`${server.url}/plugins/notifications${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${request.key}`, 'content-type': 'application/json' },
      body: request.body,
    });
    return ((await response.json()) as { readonly error: { readonly code: string } }).error.code;
  } finally {
    await server.close();
  }
}

/** What the plugin notifications refuses. */
export const notifications: Readonly<Record<string, Provocation>> = {
  'error.platform.notification.template-malformed': () => defineNotification({ name: 'test', text: '{% if %}' }),
  'error.platform.notification.unknown-variable': () => defineNotification({ name: 'test', text: '{{ name }}' }),
  'error.platform.notification.unknown': () => withTexts((texts) => texts.notify('none' as never, ANN, {} as never)),

  'error.platform.notification.app-missing': async () => {
    const texts = make();
    const apps = ['+14155550100', '+14155550101'].map((number, index) => defineApp({ id: `app-${index}`, number }));
    const simulation = await simulate(
      defineOrganization({
        ...{ name: 'Test', apps, storage: memoryStorage(), plugins: [texts] },
        transports: { sms: new SimulatedCarrier() },
      }),
    );
    try {
      await texts.notify('news', ANN, DATA);
    } finally {
      await simulation.close();
    }
  },

  'error.platform.notification.data-malformed': () =>
    withTexts((texts) => texts.notify('news', ANN, { n: 'one' } as never)),
  'error.platform.notification.not-rendered': () => withTexts((texts) => texts.notify('date', ANN, { f: '%Q' })),
  'error.platform.notification.time-zone-unknown': () =>
    withTexts((texts) => texts.notify('news', ANN, DATA, { at: { date: '2026-12-01', time: '09:00' } })),
  'error.platform.notification.key-reused': () =>
    withTexts(async (texts) => {
      await texts.notify('news', ANN, DATA, { idempotencyKey: 'k' });
      await texts.notify('news', ANN, { n: 2 }, { idempotencyKey: 'k' });
    }),
  'error.platform.notification.request-malformed': () =>
    withTexts((texts) => texts.notify('news', ANN, DATA, { at: 'soon' })),

  'error.platform.notification.recipient-malformed': () =>
    withTexts(async (texts) => (await texts.broadcast('news', ['nobody'])).malformed.first[0]?.code),
  'error.platform.notification.too-many-recipients': () =>
    withTexts(
      (texts) =>
        texts.broadcast('news', [
          { to: ANN, data: DATA },
          { to: '+14155550124', data: DATA },
        ]),
      make({ mostRecipients: 1 }),
    ),
  'error.platform.notification.broadcast-receiving': () =>
    withTexts((texts) => {
      async function* never() {
        await new Promise(() => {});
        yield ANN;
      }
      const options = { idempotencyKey: 'k' };
      void texts.broadcast('news', never(), options).catch(() => {});
      return texts.broadcast('news', [], options);
    }),
  'error.platform.notification.broadcast-unknown': () => withTexts((texts) => texts.progress('none')),

  'error.platform.notification.unauthorized': () => codeOfRequest('/notify', { key: 'wrong', body: '{}' }),
  'error.platform.notification.forbidden': () =>
    codeOfRequest('/notify', { key: KEY, body: JSON.stringify({ notification: 'date', to: ANN }) }),
  'error.platform.notification.too-large': () => codeOfRequest('/notify', { key: KEY, body: 'x'.repeat(70_000) }),
  'error.platform.notification.media-type': () =>
    codeOfRequest('/broadcasts?notification=news', { key: KEY, body: '{}' }),
};
