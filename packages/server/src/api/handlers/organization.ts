import { type Address, type App, type Engine, SendError, type Transport } from '@parley/core';
import type { Context } from 'koa';
import { emulatorOf } from '../../phone/emulators.ts';
import { type Handlers, requireApp } from './handler.ts';

/** How long a provider may take to say where it sends texts, in milliseconds. */
const ASKING = 10_000;

export interface OrganizationSettings {
  readonly version: string;
  /** Where the phone page is, if it is served. */
  readonly phoneOf: (context: Context) => string | undefined;
}

export function organizationHandlers(
  engine: Engine,
  { version, phoneOf }: OrganizationSettings,
): Pick<Handlers, 'GET /organization' | 'GET /apps/:app/number'> {
  const { organization } = engine;
  /** Where people reach an app: on a page of this server, else through their provider. */
  function reachedAt(transport: string, address: Address) {
    const page = organization.transports[transport]?.pageOf?.(address);
    return page === undefined ? { inboundUrl: inboundUrl(transport) } : { page: `${engine.publicUrl}${page}` };
  }

  const inboundUrl = (transport: string) => `${engine.publicUrl}/webhooks/${transport}/inbound`;

  return {
    async 'GET /organization'({ context }) {
      const phone = phoneOf(context);
      const { name, apps, plugins, storage } = organization;
      return {
        ...{ name, version, publicUrl: engine.publicUrl },
        apps: apps.map(({ id, mode, address, transport, bots, journal, confidential }) => ({
          ...{ id, mode, address, transport, journal, confidential },
          bots: bots.map((bot) => ({ id: bot.id, version: bot.version, triggers: bot.triggers.map(nameOf) })),
          ...reachedAt(transport, address),
          emulated: emulatorOf(engine, transport) !== undefined,
        })),
        plugins: plugins.map((plugin) => plugin.name),
        storage: { name: storage.name, ...(storage.location === undefined ? {} : { location: storage.location }) },
        ...(phone === undefined ? {} : { phone }),
      };
    },

    async 'GET /apps/:app/number'({ params }) {
      const app = requireApp(organization, params.app);
      if (emulatorOf(engine, app.transport) !== undefined) {
        return { result: 'unknown', advice: 'The transport is emulated: no provider has to be set up.' };
      }
      const wanted = inboundUrl(app.transport);
      const { url: found, problem = 'The provider does not say.' } = await askProvider(app);
      if (found === undefined) {
        return { result: 'unknown', advice: `${problem} See to it that texts are sent to ${wanted}.` };
      }
      // Behind # are orders to the provider (`#rc=2`): how often to try again.
      if (found.replace(/#.*$/, '') === wanted) return { result: 'ok', advice: 'The provider sends texts here.' };
      return { result: 'differs', advice: `The provider sends texts to ${found || 'nowhere'}. Set it to ${wanted}.` };
    },
  };

  async function askProvider(app: App): Promise<{ readonly url?: string | undefined; readonly problem?: string }> {
    const transport = organization.transports[app.transport] as Transport;
    try {
      return { url: await transport.inboundUrlOf?.(app.address, { signal: AbortSignal.timeout(ASKING) }) };
    } catch (error) {
      if (error instanceof SendError) return { problem: `The provider can not be asked: ${error.message}` };
      throw error;
    }
  }
}

function nameOf({ kind, ...rest }: { readonly kind: string }): string {
  const detail = Object.values('what' in rest ? { what: rest.what } : rest)
    .map((value) => (Array.isArray(value) ? value.join(', ') : String(value)))
    .join(' ');
  return detail === '' ? kind : `${kind} ${detail}`;
}
