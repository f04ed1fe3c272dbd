import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type MessageRecord, type Storage, silentLog, systemClock } from '@parley/core';
import { postgres } from '@parley/plugin-postgres';
import { sqlite } from '@parley/plugin-sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dropSchema, findServer, newSchema } from '../postgres/support/server.ts';
import { suiteNeeding } from '../support/needs.ts';
import { Campaign, type CampaignReport, type CampaignStorage, PEOPLE } from './campaign.ts';

/** How often servers are killed; `npm run campaign:crash` does it 1,000 times. */
const KILLS = Number(process.env.KILLS ?? 10);
/** Repeats a campaign. */
const SEED = Number(process.env.SEED ?? Date.now() % 100_000);

/** For all of one campaign, in milliseconds. */
const TIME = 240_000 + KILLS * 3_000;

/** How long all that is left may take when nobody is killed any more, in milliseconds. */
const CALM = 120_000;

const { need, url } = await findServer();

let folder: string;
let schema: string;
let campaign: Campaign | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-crash-'));
  schema = newSchema();
});

afterEach(async () => {
  await campaign?.close();
  campaign = undefined;
  await rm(folder, { recursive: true, force: true });
  if (need.missing === undefined) await dropSchema(url, schema);
}, 60_000);

it(
  `a server on SQLite is killed ${KILLS} times, and nothing is lost or said twice (seed ${SEED})`,
  async () => {
    const file = join(folder, 'crash.db');
    await conduct({ kind: 'sqlite', options: { file } }, 1, () => sqlite({ file }));
  },
  TIME,
);

suiteNeeding(need, 'a server of two on PostgreSQL', () => {
  it(
    `is killed ${KILLS} times, and nothing is lost or said twice (seed ${SEED})`,
    async () => {
      const options = { url, schema, pool: 6 };
      await conduct({ kind: 'postgres', options }, 2, () => postgres(options));
    },
    TIME,
  );
});

async function conduct(storage: CampaignStorage, servers: number, open: () => Storage): Promise<void> {
  campaign = await Campaign.start({ storage, servers, kills: KILLS, seed: SEED });
  const current = campaign;
  const report = await current.run();
  await eventually(() => expectAllAnswered(report, current.said()), CALM);
  // What a callback told to nobody is asked for by and by.
  await eventually(async () => {
    await sleep(8_000);
    await current.stop();
    try {
      expectTrueFates(await outboundOf(open()), current.fates());
    } finally {
      await current.startAll();
    }
  }, CALM);

  const said = current.said();
  expect(report.acknowledged.size).toBeGreaterThan(PEOPLE);
  // What was not acknowledged may have been taken in all the same, but once only.
  for (const text of report.unanswered) expect(countOf(said, `got ${text} as number`)).toBeLessThanOrEqual(1);
  expect(new Set(said).size).toBe(said.length);
  expectGaplessCounts(said);
  const counts = `${KILLS} kills, ${report.acknowledged.size} texts acknowledged, ${said.length} messages`;
  process.stdout.write(`${storage.kind}, ${servers} at a time: ${counts}, lost 0, twice 0 (seed ${SEED})\n`);
}

function expectAllAnswered({ acknowledged }: CampaignReport, said: readonly string[]): void {
  const answered = new Map<string, number>();
  for (const text of said) {
    const about = /^got (text \d+ of person \d+) as number \d+$/.exec(text)?.[1];
    if (about !== undefined) answered.set(about, (answered.get(about) ?? 0) + 1);
  }
  expect([...acknowledged].filter((text) => answered.get(text) !== 1)).toEqual([]);
  // The last text of each has nobody to hurry its task and its timer away.
  for (const text of lastOf(said)) {
    expect(countOf(said, `found ${text}`)).toBe(1);
    expect(countOf(said, `still there after ${text}?`)).toBe(1);
  }
}

/** Every message is in the log once, under the provider's id, and has become there what it became at the provider. */
function expectTrueFates(log: readonly MessageRecord[], fates: ReadonlyMap<string, MessageRecord['status']>): void {
  const logged = log.map(({ providerId, status }) => [providerId, status]);
  expect(new Map(logged as [string, MessageRecord['status']][])).toEqual(fates);
  expect(log).toHaveLength(fates.size);
}

async function outboundOf(storage: Storage): Promise<readonly MessageRecord[]> {
  await storage.open({ clock: systemClock, log: silentLog });
  try {
    const { messages } = await storage.messages.list({ direction: 'outbound', limit: 1_000_000 });
    return messages;
  } finally {
    await storage.close();
  }
}

/** The counter of each conversation went up by one with every text, across all lives of the servers. */
function expectGaplessCounts(said: readonly string[]): void {
  const counts = new Map<string, number[]>();
  for (const text of said) {
    const [, person = '', count] = /^got text \d+ of person (\d+) as number (\d+)$/.exec(text) ?? [];
    if (count !== undefined) counts.set(person, [...(counts.get(person) ?? []), Number(count)]);
  }
  for (const all of counts.values()) {
    expect(all.toSorted((one, other) => one - other)).toEqual(all.map((_, index) => index + 1));
  }
}

function lastOf(said: readonly string[]): string[] {
  const last = new Map<string, { readonly text: string; readonly count: number }>();
  for (const text of said) {
    const match = /^got (text \d+ of (person \d+)) as number (\d+)$/.exec(text);
    const [, about, person, count] = match ?? [];
    if (about === undefined || person === undefined) continue;
    // The provider may have taken an earlier one later.
    if (Number(count) > (last.get(person)?.count ?? 0)) last.set(person, { text: about, count: Number(count) });
  }
  return [...last.values()].map(({ text }) => text);
}

function countOf(said: readonly string[], beginning: string): number {
  return said.filter((text) => text === beginning || text.startsWith(`${beginning} `)).length;
}

/** Tries until it holds. */
async function eventually(check: () => void | Promise<void>, atMost: number): Promise<void> {
  const end = performance.now() + atMost;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(100);
    }
  }
}
