// Parley with many conversations whose timers are about to ring. Says how many are left when asked.
import { createEngine } from '@parley/core';
import { createLog, createRuntime, serve } from '@parley/server';
import { storageFor } from '../scale/storages.js';
import { organizationOn } from '../scale/timers.js';

const settings = JSON.parse(process.env.BENCH ?? '{}');
const storage = (await storageFor(settings)).create();
const runtime = createRuntime({ log: createLog({ level: 'warn' }) });
const engine = createEngine(organizationOn(storage), runtime);
const server = await serve(engine, { ...runtime, port: 0, emulate: 'never' });
process.send({ url: server.url });
// Ends with the benchmark, however that ends.
process.on('disconnect', () => process.exit());
process.on('message', async (question) => {
  if (question === 'close') {
    await server.close({ grace: 30_000 });
    process.exit(0);
  }
  process.send({ nextDueAt: await storage.conversations.nextDueAt() });
});
