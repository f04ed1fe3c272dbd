import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { model } from '@parley/plugin-understanding';
import { createActor, toPromise } from 'xstate';
import * as z from 'zod';
import type { Provocation } from './world.ts';

/** What tasks that ask a model fail with. */
export const models: Readonly<Record<string, Provocation>> = {
  'error.platform.model.unavailable': () => askOne({ status: 503 }),
  'error.platform.model.refused': () => askOne({ status: 401 }),
  'error.platform.model.unusable-answer': () => askOne({ status: 200 }),
  'error.platform.model.text-too-long': () => askOne({ status: 200, text: 'x'.repeat(3_000) }),
};

/** Asks an endpoint on this computer that answers everything with a status. */
async function askOne({ status, text = 'hi' }: { readonly status: number; readonly text?: string }): Promise<unknown> {
  const server = createServer((_, response) => void response.writeHead(status).end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const logic = model({ url, model: 'm', attempts: 1, instructions: 'Read.', schema: z.object({ a: z.string() }) });
    const actor = createActor(logic, { input: text });
    actor.subscribe({ error: () => {} });
    return await toPromise(actor.start());
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
