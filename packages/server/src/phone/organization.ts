import { type App, type Engine, isNamed } from '@parley/core';
import { emulatorOf } from './emulators.ts';
import { phoneOf } from './message.ts';

/** What the phone page knows of the organization. */
export interface OrganizationView {
  readonly name: string;
  readonly apps: readonly AppView[];
  /** People who are known from the start, to text as. */
  readonly people: readonly { readonly phone: string; readonly name: string }[];
}

/** An app that can be texted. */
export interface AppView {
  readonly id: string;
  /** Its id as words. */
  readonly name: string;
  readonly address: string;
  readonly mode: App['mode'];
  readonly transport: string;
  /** Whether texts can reach it from the page; a transport with credentials serves real phones only. */
  readonly emulated: boolean;
  /** Words that start a bot, to offer while a thread is empty. */
  readonly keywords: readonly string[];
}

/** The organization as it is now; which transports are emulated is only known once the engine has started. */
export function describeOrganization(engine: Engine): OrganizationView {
  const { name, apps, actors } = engine.organization;
  return {
    name,
    // Who has a name has no phone.
    apps: apps
      .filter(({ address }) => !isNamed(address))
      .map((app) => ({
        id: app.id,
        name: inWords(app.id),
        address: app.address,
        mode: app.mode,
        transport: app.transport,
        emulated: emulatorOf(engine, app.transport) !== undefined,
        keywords: keywordsOf(app),
      })),
    people: actors.map((actor) => ({
      phone: phoneOf(actor.address),
      name: [actor.firstName, actor.lastName].filter(Boolean).join(' ') || phoneOf(actor.address),
    })),
  };
}

function inWords(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The first word of each keyword trigger, at most four. */
function keywordsOf(app: App): readonly string[] {
  const words = app.bots.flatMap(({ triggers }) =>
    triggers.flatMap((trigger) => (trigger.kind === 'keyword' ? trigger.words.slice(0, 1) : [])),
  );
  return [...new Set(words)].slice(0, 4);
}
