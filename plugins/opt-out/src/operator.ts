import { type Address, type App, type Clock, ParleyError, address as toAddress } from '@parley/core';
import type { Changes } from './changes.ts';
import { type How, personAt, type Records, type Scope } from './records.ts';
import type { Review, Reviews } from './reviews.ts';

/** How a person stands towards one app. */
export interface PersonAndApp {
  readonly app: string;
  readonly optedOut: boolean;
  /** Of the opt-out that is in force; the words are there unless the person was erased. */
  readonly since?: number;
  readonly how?: How;
  readonly scope?: Scope;
  readonly words?: string;
}

export interface PersonStatus {
  readonly person: string;
  readonly apps: readonly PersonAndApp[];
  /** What somebody has to decide about them. */
  readonly review?: Review;
}

/** What people decide: on the command line and over HTTP. */
export interface Operator {
  /** @throws `error.platform.address.malformed` */
  status(number: string): Promise<PersonStatus>;
  /**
   * Opts a person out: of one app, or of everything that the organization sends.
   *
   * @param note how they said so; goes into the proof.
   * @throws `error.platform.address.malformed`, `error.platform.app.unknown`
   */
  optOut(number: string, options?: { readonly app?: string; readonly note?: string }): Promise<PersonStatus>;
  /**
   * Says that a person wants texts: closes what is to be decided about them, and lifts an opt-out, which takes a reason.
   *
   * @param because how they said so; goes into the proof.
   * @throws `error.platform.opt-out.needs-reason`, `error.platform.address.malformed`, `error.platform.app.unknown`
   */
  optIn(number: string, options?: { readonly app?: string; readonly because?: string }): Promise<PersonStatus>;
  reviews(): Promise<readonly Review[]>;
}

export interface OperatorOptions {
  readonly apps: readonly App[];
  readonly records: Records;
  readonly reviews: Reviews;
  readonly changes: Changes;
  readonly clock: Clock;
}

export function createOperator({ apps, records, reviews, changes, clock }: OperatorOptions): Operator {
  function appsOf(id: string | undefined): readonly App[] {
    if (id === undefined) return apps;
    const found = apps.filter((app) => app.id === id);
    if (found.length > 0) return found;
    throw new ParleyError('error.platform.app.unknown', { app: id, known: apps.map((app) => app.id).join(', ') });
  }

  async function statusOf(to: Address): Promise<PersonStatus> {
    const person = personAt(to);
    const all = await Promise.all(apps.map((app) => standingWith(person, app)));
    const review = await reviews.get(person);
    return { person, apps: all, ...(review === undefined ? {} : { review }) };
  }

  async function standingWith(person: string, app: App): Promise<PersonAndApp> {
    const { optOut } = await records.standing(person, app);
    if (optOut === undefined) return { app: app.id, optedOut: false };
    const { at, how, scope, words } = optOut;
    return { app: app.id, optedOut: true, since: at, how, scope, ...(words === undefined ? {} : { words }) };
  }

  return {
    status: async (number) => statusOf(toAddress(number)),

    async optOut(number, { app: id, note } = {}) {
      const to = toAddress(number);
      const [app] = appsOf(id);
      if (app !== undefined) {
        const { lastIn } = await records.standing(personAt(to), app);
        const at = Math.max(clock.now(), lastIn?.at ?? 0);
        const scope = id === undefined ? 'organization' : 'app';
        await changes.optOut({ address: to, app, at, how: 'operator', words: note, scope });
      }
      return statusOf(to);
    },

    async optIn(number, { app: id, because } = {}) {
      const to = toAddress(number);
      const person = personAt(to);
      for (const app of appsOf(id)) {
        const { optOut, lastOut } = await records.standing(person, app);
        if (optOut === undefined) continue;
        if (because === undefined) throw new ParleyError('error.platform.opt-out.needs-reason');
        const at = Math.max(clock.now(), (lastOut?.at ?? 0) + 1);
        await changes.optIn({ address: to, app, at, how: 'operator', words: because });
      }
      await reviews.close(person);
      return statusOf(to);
    },

    reviews: () => reviews.list(),
  };
}
