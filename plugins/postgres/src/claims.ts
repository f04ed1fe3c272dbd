import type { Database } from './database.ts';
import { fromText, toText } from './text.ts';

/** Answers with the owner in any case, so that one statement settles it between any number of processes. */
const CLAIM = `
  INSERT INTO $schema.claims AS claim (key, owner, expires_at) VALUES ($1, $2, $3)
  ON CONFLICT (key) DO UPDATE SET
    owner = CASE WHEN claim.expires_at <= $4 THEN excluded.owner ELSE claim.owner END,
    expires_at = CASE WHEN claim.expires_at <= $4 THEN excluded.expires_at ELSE claim.expires_at END
  RETURNING owner`;

export async function claim(database: Database, key: string, owner: string, ttl: number, now: number): Promise<string> {
  const values = [toText(key), toText(owner), Math.ceil(now + ttl), Math.floor(now)];
  const [row] = await database.query<{ owner: string }>(CLAIM, values);
  return row === undefined ? owner : fromText(row.owner);
}

export async function release(database: Database, key: string, owner: string): Promise<void> {
  await database.query('DELETE FROM $schema.claims WHERE key = $1 AND owner = $2', [toText(key), toText(owner)]);
}
