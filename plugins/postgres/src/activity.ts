import type { ActivityRecord, ActivityStore } from '@parley/core';
import type { Database } from './database.ts';
import { toText } from './text.ts';

type Query = Parameters<ActivityStore['list']>[0];

export async function listActivity(
  database: Database,
  { conversation, journey, limit }: Query,
): Promise<readonly ActivityRecord[]> {
  const values: (string | number)[] = [limit];
  const conditions: string[] = [];
  if (conversation !== undefined) conditions.push(`conversation = $${values.push(conversation)}`);
  if (journey !== undefined) conditions.push(`journey = $${values.push(toText(journey))}`);
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const rows = await database.query<{ record: string }>(
    `SELECT record FROM $schema.activity ${where} ORDER BY at DESC, seq DESC LIMIT $1`,
    values,
  );
  return rows.map(({ record }) => JSON.parse(record) as ActivityRecord);
}
