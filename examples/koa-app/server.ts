import { createEngine } from '@parley/core';
import { createRuntime } from '@parley/server';
import organization from './parley.config.ts';
import { BOTS, createShop } from './shop.ts';

const port = Number(process.env.PORT ?? 3000);
const runtime = createRuntime();
const engine = createEngine(organization, runtime);
const stopping = new AbortController();

const server = createShop(engine, { runtime, signal: stopping.signal }).listen(port, '127.0.0.1');
const localUrl = `http://127.0.0.1:${port}${BOTS}`;
// Without credentials of Twilio's, texts stay on this computer.
await engine.start({ localUrl, publicUrl: process.env.PUBLIC_URL ?? localUrl, emulate: 'missing' });
process.stdout.write(`The shop is at http://127.0.0.1:${port}/, its phone at ${localUrl}/phone/\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stopping.abort();
    server.close(() => void engine.stop());
  });
}
