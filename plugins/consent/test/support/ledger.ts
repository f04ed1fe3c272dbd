import { address, type Clock, type ConsentEntry, type Storage, silentLog } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { VirtualClock } from '@parley/testing';
import { Ledger, type LedgerContext } from '../../src/ledger.ts';
import { type Verification, verify } from '../../src/verify.ts';

export const ANN = address('+14155550123');
export const BOB = address('+14155550199');
export const KEEP_FOR = 10 * 366 * 24 * 3_600_000;

/** A ledger of a storage, as a process has it. */
export interface World {
  readonly ledger: Ledger;
  readonly clock: VirtualClock;
  readonly context: LedgerContext;
  check(asOf?: number): Promise<Verification>;
  /** What is kept, by key. */
  kept(): Promise<Map<string, unknown>>;
}

export async function openWorld(): Promise<World> {
  const clock = new VirtualClock();
  const storage = memoryStorage();
  await storage.open({ clock, log: silentLog });
  return { clock, ...ledgerOn(storage, clock) };
}

let ledgers = 0;

/** Another process on the same data, it may be. */
export function ledgerOn(storage: Storage, clock: Clock, change: Partial<LedgerContext> = {}): Omit<World, 'clock'> {
  const process = ++ledgers;
  let ids = 0;
  const context: LedgerContext = {
    keyv: storage.keyv('plugin:consent'),
    claim: (key, owner, ttl) => storage.claim(`consent:${key}`, owner, ttl),
    release: (key, owner) => storage.release(`consent:${key}`, owner),
    newId: () => `id-${process}-${++ids}`,
    clock,
    log: silentLog,
    ...change,
  };
  const ledger = new Ledger(context, KEEP_FOR);
  return {
    ledger,
    context,
    check: (asOf = clock.now()) => verify(ledger.chains, { asOf, now: clock.now() }),
    async kept() {
      const found = new Map<string, unknown>();
      for await (const [key, value] of ledger.chains.everything()) found.set(key, value);
      return found;
    },
  };
}

let entries = 0;

export function buildEntry(parts: Partial<ConsentEntry> = {}): ConsentEntry {
  return {
    id: `entry-${++entries}`,
    kind: 'given',
    person: ANN,
    at: Date.UTC(2026, 0, 1),
    how: 'web',
    evidence: { words: 'Yes, text me offers', source: 'form 3', data: { ip: '192.0.2.1' } },
    ...parts,
  };
}
