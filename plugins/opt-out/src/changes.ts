import {
  type Address,
  type App,
  type ConsentEntry,
  type ConsentLedger,
  codeOf,
  type ErrorCode,
  ParleyError,
  type PluginContext,
} from '@parley/core';
import { type How, type OptIn, type OptOut, personAt, type Records, type Scope } from './records.ts';
import type { Reviews } from './reviews.ts';

/** Somebody opts out, or in again. */
export interface Change {
  /** As they texted, or as an operator names them. */
  readonly address: Address;
  readonly app: App;
  readonly at: number;
  readonly how: How;
  readonly providerId?: string | undefined;
  readonly words?: string | undefined;
}

/** Opts people out and in, and sees to all that follows from it. */
export interface Changes {
  /** Resolves once it is durable and nothing more leaves but in the conversation that the person has texted. */
  optOut(change: Change & { readonly scope: Scope }): Promise<void>;
  optIn(change: Change): Promise<void>;
}

export interface ChangesOptions {
  readonly apps: readonly App[];
  readonly records: Records;
  readonly reviews: Reviews;
  readonly ledger: ConsentLedger | undefined;
  readonly newId: () => string;
  /** Only where an engine is running. */
  readonly running?: Pick<PluginContext, 'silence' | 'log'>;
}

/** Channels by which a messaging service reaches people. */
const CHANNELS = ['', 'whatsapp:', 'rcs:'];

/** Why a text is not sent. Made once: an error is dear to make, and every text to somebody who has opted out is denied. */
export const WHY_OPTED_OUT: { readonly code: string; readonly reason: string } = whyOf(
  'error.platform.opt-out.opted-out',
);

/** What a code says, without throwing it. */
export function whyOf(code: ErrorCode): { readonly code: string; readonly reason: string } {
  return { code, reason: new ParleyError(code).message };
}

export function createChanges({ apps, records, reviews, ledger, newId, running }: ChangesOptions): Changes {
  /**
   * Ends what is under way with the person. In a conversation that they have texted the claim of their text does. That the opt-out is
   * stored stops their texts in any case.
   */
  async function silence({ address, app, how }: Change, scope: Scope): Promise<void> {
    if (running === undefined) return;
    const covered = scope === 'organization' ? apps : [app];
    const targets = covered.flatMap((one) =>
      addressesOf(address, one)
        .filter((to) => how !== 'text' || one.id !== app.id || to !== address)
        .map((to) => ({ to, apps: [one.id] })),
    );
    const results = await Promise.allSettled(targets.map((to) => running.silence({ ...to, ...WHY_OPTED_OUT })));
    for (const result of results) {
      if (result.status === 'rejected')
        running.log.error({ code: codeOf(result.reason) }, 'a conversation of somebody who has opted out goes on');
    }
  }

  return {
    async optOut(change) {
      const { address, app, at, how, scope } = change;
      const said: OptOut = { at, how, scope, ...evidenceOf(change) };
      await records.optOut(personAt(address), app, said);
      await ledger?.record({
        id: entryId('opt-out', change, newId),
        kind: 'revoked',
        person: address,
        ...(scope === 'organization' ? {} : { app: app.id }),
        ...{ at, how, evidence: ledgerEvidence(change) },
      });
      await reviews.close(personAt(address));
      await silence(change, scope);
    },

    async optIn(change) {
      const { address, app, at, how } = change;
      const said: OptIn = { at, how, ...evidenceOf(change) };
      await records.optIn(personAt(address), app, said);
      await reviews.close(personAt(address));
      await ledger?.record({
        id: entryId('opt-in', change, newId),
        kind: 'given',
        ...{ person: address, app: app.id, at, how, evidence: ledgerEvidence(change) },
        // START brings back what there was; advertising takes more than a word.
        categories: ['conversational', 'informational'],
      });
    },
  };
}

/** Every address under which a person may have a conversation with an app. */
function addressesOf(address: Address, app: App): readonly Address[] {
  const person = personAt(address);
  const [channel] = /^[a-z]+:/.exec(app.address) ?? [''];
  const channels = app.address.startsWith('MG') ? CHANNELS : [channel];
  const all = channels.map((prefix) => `${prefix}${person}` as Address);
  return [...new Set([...all, address])];
}

function evidenceOf({ providerId, words }: Change) {
  return { ...(providerId === undefined ? {} : { providerId }), ...(words === undefined ? {} : { words }) };
}

function ledgerEvidence({ providerId, words }: Change): NonNullable<ConsentEntry['evidence']> {
  return { ...(words === undefined ? {} : { words }), ...(providerId === undefined ? {} : { data: { providerId } }) };
}

/** The same text, or the same line of an import, is the same entry. */
function entryId(kind: string, { providerId, address, at, how }: Change, newId: () => string): string {
  if (providerId !== undefined) return `${kind}:${providerId}`;
  return how === 'import' ? `${kind}:import:${personAt(address)}:${at}` : `${kind}:${newId()}`;
}
