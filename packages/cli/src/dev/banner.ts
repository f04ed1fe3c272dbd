import { resolve } from 'node:path';
import type { App, Engine } from '@parley/core';

/** Where it serves, and as what. */
export interface Serving {
  readonly url: string;
  readonly publicUrl: string | undefined;
  readonly profile: string | undefined;
}

/** What `parley dev` says once it serves: where the phone and the console are, what can be texted, what to paste where. */
export function banner(engine: Engine, { url, publicUrl, profile }: Serving): string {
  const { name, apps, storage } = engine.organization;
  const emulated = apps.filter((app) => isEmulated(engine, app));
  const real = apps.filter((app) => !emulated.includes(app) && pageOf(engine, app) === undefined);
  const rows = apps.map((app) => [app.id, app.address, app.mode, wayOf(engine, app, url)]);
  return [
    '',
    `  ${name} is ready.`,
    '',
    ...(emulated.length > 0 ? [`  Text it     ${url}/phone/`] : []),
    `  Look at it  ${url}/console/`,
    `  Data        ${placeOf(storage)}`,
    ...(profile === undefined ? [] : [`  Profile     ${profile}`]),
    '',
    ...columns(rows).map((row) => `  ${row}`),
    '',
    ...webhooks(real, publicUrl ?? engine.organization.publicUrl ?? url),
    '',
  ].join('\n');
}

/** What must not go unnoticed: apps that text real people from a developer's computer. Nothing where there are none. */
export function warnOfRealPeople(engine: Engine): string {
  const { apps } = engine.organization;
  const real = apps.filter(
    (app) =>
      app.mode === 'published' &&
      app.onlyTo === undefined &&
      !isEmulated(engine, app) &&
      pageOf(engine, app) === undefined,
  );
  if (real.length === 0) return '';
  return [
    '',
    ...real.map((app) => `  WARNING  ${app.id} (${app.address}) is published and texts ${carrierOf(engine, app)}.`),
    '  WARNING  Whoever texts it is answered by the code on this computer, and timers that are due text real people.',
    "           Stop this and use parley dev --emulate, another --profile, mode: 'preview', or onlyTo for those who may be texted.",
    '',
    '',
  ].join('\n');
}

function webhooks(real: readonly App[], reachedAt: string): string[] {
  if (real.length === 0) return [];
  return [
    '  At the provider, as the webhook for incoming messages (HTTP POST):',
    '',
    ...columns(real.map((app) => [app.id, `${reachedAt}/webhooks/${app.transport}/inbound`])).map((row) => `  ${row}`),
    '',
  ];
}

/** How people reach an app. */
function wayOf(engine: Engine, app: App, url: string): string {
  const page = pageOf(engine, app);
  return page === undefined ? carrierOf(engine, app) : `a page: ${url}${page}`;
}

function pageOf({ organization }: Engine, { transport, address }: App): string | undefined {
  return organization.transports[transport]?.pageOf?.(address);
}

function carrierOf(engine: Engine, app: App): string {
  const { name } = engine.organization.transports[app.transport] ?? { name: app.transport };
  return isEmulated(engine, app) ? `emulated ${name}: no text leaves this computer` : `real phones, by ${name}`;
}

function isEmulated(engine: Engine, { transport }: App): boolean {
  try {
    engine.emulator(transport);
    return true;
  } catch {
    return false;
  }
}

function placeOf({ name, location }: Engine['organization']['storage']): string {
  if (location === undefined) return `${name} (gone with this process unless it says otherwise)`;
  return location === ':memory:' ? 'in memory, gone with this process' : resolve(location);
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('   ')
      .trimEnd(),
  );
}
