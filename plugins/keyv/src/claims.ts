import { type ClaimCell, claimName } from './cell.ts';
import type { Parts } from './parts.ts';

/** How many claims that ran out one new claim clears away. */
const SWEEP = 16;

export async function claim(parts: Parts, key: string, owner: string, ttl: number): Promise<string> {
  const { cells, locks, index, clock } = parts;
  const name = claimName(key);
  const taken = await locks.run(name, async () => {
    const now = clock.now();
    const cell = await cells.get<ClaimCell>(name);
    if (cell !== undefined && cell.expiresAt > now) return cell.owner;
    const expiresAt = now + ttl;
    await cells.set(name, { parley: 'claim', key, owner, expiresAt });
    index.claims.set(name, expiresAt);
    return owner;
  });
  await sweep(parts);
  return taken;
}

export async function release({ cells, locks, index }: Parts, key: string, owner: string): Promise<void> {
  const name = claimName(key);
  await locks.run(name, async () => {
    const cell = await cells.get<ClaimCell>(name);
    if (cell?.owner !== owner) return;
    await cells.delete(name);
    index.claims.set(name, undefined);
  });
}

async function sweep({ cells, locks, index, clock }: Parts): Promise<void> {
  const now = clock.now();
  for (const name of index.claims.take(now, SWEEP)) {
    await locks.run(name, async () => {
      const cell = await cells.get<ClaimCell>(name);
      if (cell !== undefined && cell.expiresAt <= now) await cells.delete(name);
    });
  }
}
