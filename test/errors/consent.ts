import { type Address, createEngine, silentLog } from '@parley/core';
import { type ConsentPlugin, consent as consentPlugin } from '@parley/plugin-consent';
import { createPluginRouters, createRuntime, serve } from '@parley/server';
import { ANN, inSimulation, organization, type Provocation } from './world.ts';

const entry = { id: 'e1', kind: 'given', person: ANN as Address, at: 1, how: 'web' } as const;

/** Runs something with a ledger. */
function withLedger(run: (ledger: ConsentPlugin) => Promise<unknown>): Promise<unknown> {
  const ledger = consentPlugin();
  return inSimulation({ plugins: [ledger] }, () => run(ledger));
}

/** The code with which a text of a category fails. */
function codeOfText(category: 'marketing' | 'informational', before?: (ledger: ConsentPlugin) => Promise<void>) {
  const ledger = consentPlugin();
  return inSimulation({ plugins: [ledger] }, async (simulation) => {
    await before?.(ledger);
    await simulation.engine.notify({ app: 'app', to: ANN, name: 'test', text: 'Hello', category });
    await simulation.advance({ seconds: 1 });
    return (await simulation.messages())[0]?.error?.code;
  });
}

/** What the plugin consent refuses. */
export const consent: Readonly<Record<string, Provocation>> = {
  'error.platform.consent.missing': () => codeOfText('marketing'),
  'error.platform.consent.revoked': () =>
    codeOfText('informational', (ledger) => ledger.record({ ...entry, kind: 'revoked' })),
  'error.platform.consent.malformed': () => withLedger((ledger) => ledger.record({ ...entry, at: Number.NaN })),
  'error.platform.consent.conflict': () =>
    withLedger(async (ledger) => {
      await ledger.record(entry);
      await ledger.record({ ...entry, kind: 'revoked' });
    }),
  'error.platform.consent.unauthorized': async () => {
    const plugins = createPluginRouters();
    const runtime = { ...createRuntime({ log: silentLog }), createRouter: plugins.create };
    const parts = { plugins: [consentPlugin({ apiKey: 'a-key-of-24-characters!!' })] };
    const server = await serve(createEngine(organization(parts), runtime), { ...runtime, plugins, port: 0 });
    try {
      const response = await fetch(`${server.url}/plugins/consent/export`);
      return ((await response.json()) as { error?: { code?: string } }).error?.code;
    } finally {
      await server.close({ grace: 0 });
    }
  },
};
