// One of several servers on one PostgreSQL that send texts when told to; for the policies that several processes decide together.
// Built packages, Twilio at the test's emulator.

import { createEngine, defineApp, defineOrganization } from '@parley/core';
import { duplicateLimit } from '@parley/plugin-duplicate-limit';
import { firstText } from '@parley/plugin-first-text';
import { postgres } from '@parley/plugin-postgres';
import { twilio } from '@parley/plugin-twilio';
import { createLog, createRuntime, serve } from '@parley/server';

const { accountSid, authToken, baseUrl, numbers, port, storage, scope, policy } = JSON.parse(
  process.env.POSTGRES_TEST ?? '{}',
);

const policies = {
  'duplicate-limit': () => duplicateLimit({ scope }),
  'first-text': () => firstText({ scope, brand: 'Clinic' }),
};

const organization = defineOrganization({
  name: 'Several',
  apps: numbers.map((number, index) =>
    defineApp({ id: `app-${index}`, number, mode: 'published', pace: { perSecond: 1_000 } }),
  ),
  transports: { twilio: twilio({ accountSid, authToken, baseUrl }) },
  storage: postgres(storage),
  plugins: [policies[policy]()],
});
const runtime = createRuntime({ log: createLog({ level: process.env.POSTGRES_TEST_LOG ?? 'silent' }) });
const engine = createEngine(organization, runtime);
await serve(engine, { ...runtime, port });
// Whoever started it may be killed himself.
process.on('disconnect', () => process.exit(1));
process.on('message', async ({ texts, to }) => {
  await Promise.all(
    texts.map((text, index) => engine.notify({ app: `app-${index % numbers.length}`, to, name: 'test', text })),
  );
  process.send?.('asked');
});
process.send?.('listening');
