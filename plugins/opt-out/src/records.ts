import { type Address, type App, type ConsentEntry, type PluginContext, personOf } from '@parley/core';

/** What an opt-out covers: what the organization sends, an app, or the number or messaging service that was texted. */
export type Scope = 'organization' | 'app' | 'number';

/** How somebody learned of it; the words of the consent ledger. */
export type How = ConsentEntry['how'];

/** The proof of an opt-out, kept as long as the data is. */
export interface OptOut {
  /** When they said so, milliseconds since the epoch. */
  readonly at: number;
  readonly how: How;
  readonly scope: Scope;
  /** The provider's id of the text, where it was one. */
  readonly providerId?: string;
  /** What they wrote, or what an operator says of it. */
  readonly words?: string;
}

/** That somebody wants texts of one app again. */
export interface OptIn {
  readonly at: number;
  readonly how: How;
  readonly providerId?: string;
  readonly words?: string;
}

/** How a person stands towards an app. */
export interface Standing {
  /** The opt-out that is in force, if there is one. */
  readonly optOut: OptOut | undefined;
  /** The newest opt-out and opt-in, in force or not. */
  readonly lastOut: OptOut | undefined;
  readonly lastIn: OptIn | undefined;
}

/** Which of a person's texts an opt-out is about, and where it is kept. */
type Sender = Pick<App, 'id' | 'address'>;

/** What records are kept in. */
export type RecordsContext = Pick<PluginContext, 'keyv'>;

/**
 * Who has opted out. Opting out and in are plain writes under keys of their own, and the later of the two counts (an opt-out, where
 * both are of the same moment): processes that write at the same time lose nothing of each other.
 */
export interface Records {
  /**
   * One read.
   *
   * @param extra another key that is to be read along.
   */
  standing(person: string, app: Sender, extra?: string): Promise<Standing & { readonly extra: unknown }>;
  /** Resolves once it is durable. An older one than is there already changes nothing. */
  optOut(person: string, app: Sender, optOut: OptOut): Promise<void>;
  /** Lifts, for one app, whatever covers it. */
  optIn(person: string, app: Sender, optIn: OptIn): Promise<void>;
  /** Forgets what was said; keeps who does not want texts of what, and since when. */
  erase(person: string, apps: readonly Sender[]): Promise<void>;
}

/** One number, one person: a channel's prefix makes no other. */
export function personAt(address: Address): string {
  return personOf(address);
}

export function createRecords({ keyv }: RecordsContext): Records {
  async function standing(
    person: string,
    app: Sender,
    extra?: string,
  ): Promise<Standing & { readonly extra: unknown }> {
    const keys = [...keysOf(person, app), inKey(person, app), ...(extra === undefined ? [] : [extra])];
    const [organization, ofApp, ofNumber, lastIn, more] = (await keyv.getMany(keys)) as unknown[];
    const outs = [organization, ofApp, ofNumber].filter((one) => one !== undefined) as OptOut[];
    return { ...weigh(outs, lastIn as OptIn | undefined), extra: more };
  }

  async function optOut(person: string, app: Sender, said: OptOut): Promise<void> {
    const key = outKey(person, app, said.scope);
    const known = await keyv.get<OptOut>(key);
    if (known === undefined || known.at <= said.at) await keyv.set(key, said);
  }

  async function forget(person: string, apps: readonly Sender[]): Promise<void> {
    const keys = new Set(apps.flatMap((app) => [...keysOf(person, app), inKey(person, app)]));
    for (const key of keys) await keyv.delete(key);
  }

  async function strip(person: string, apps: readonly Sender[]): Promise<void> {
    for (const key of new Set(apps.flatMap((app) => [...keysOf(person, app), inKey(person, app)]))) {
      const known = await keyv.get<OptOut | OptIn>(key);
      if (known === undefined) continue;
      const { words: _, providerId: __, ...proof } = known;
      await keyv.set(key, proof);
    }
  }

  return {
    standing,
    optOut,
    async optIn(person, app, said) {
      const { lastOut } = await standing(person, app);
      // Clocks of several processes differ a little: what comes after an opt-out is after it.
      const at = Math.max(said.at, (lastOut?.at ?? 0) + 1);
      await keyv.set(inKey(person, app), { ...said, at });
    },
    async erase(person, apps) {
      const all = await Promise.all(apps.map((app) => standing(person, app)));
      const isOut = all.some((one) => one.optOut !== undefined);
      await (isOut ? strip(person, apps) : forget(person, apps));
    },
  };
}

function weigh(outs: readonly OptOut[], lastIn: OptIn | undefined): Standing {
  const lastOut = outs.reduce<OptOut | undefined>((last, one) => (last && last.at >= one.at ? last : one), undefined);
  const isOut = lastOut !== undefined && lastOut.at >= (lastIn?.at ?? Number.NEGATIVE_INFINITY);
  return { optOut: isOut ? lastOut : undefined, lastOut, lastIn };
}

function outKey(person: string, { id, address }: Sender, scope: Scope): string {
  const of = { organization: 'all', app: `app:${id}`, number: `number:${address}` } as const satisfies Record<
    Scope,
    string
  >;
  return `out ${of[scope]} ${person}`;
}

/** Opt-outs of every scope count, whatever the scope is now: to change the option opts nobody in. */
function keysOf(person: string, app: Sender): readonly string[] {
  return [outKey(person, app, 'organization'), outKey(person, app, 'app'), outKey(person, app, 'number')];
}

function inKey(person: string, { id }: Sender): string {
  return `in app:${id} ${person}`;
}
