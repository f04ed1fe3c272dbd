import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { suiteNeeding } from '../support/needs.ts';
import { Cluster, findBinaries } from './support/cluster.ts';
import { counted, eventually, Fleet, person } from './support/fleet.ts';
import { Network } from './support/network.ts';
import { newSchema } from './support/server.ts';

/** For a longer campaign: how many seconds of outages, one after the other. */
const SECONDS = Number(process.env.OUTAGES ?? 0);

const PEOPLE = 8;
/** How long the database is away each time, in milliseconds. */
const AWAY = 4_000;
/** Shorter than in production, so that an outage need not be long to be felt. */
const PATIENCE = { timeout: 1_500, connectTimeout: 1_000 };

const { folder, reason } = findBinaries();
const need = { what: 'PostgreSQL that can be stopped', missing: reason, hint: 'apt-get install postgresql' };

let cluster: Cluster;
let network: Network;
let fleet: Fleet;

suiteNeeding(need, 'a PostgreSQL that goes away under load', () => {
  beforeAll(async () => {
    cluster = await Cluster.start(folder ?? '', ['max_connections=40']);
  }, 60_000);

  afterAll(() => cluster?.dispose());

  beforeEach(async () => {
    network = await Network.start(cluster.port);
    const url = `postgres://postgres@127.0.0.1:${network.port}/postgres`;
    fleet = await Fleet.start({ servers: 2, storage: { url, schema: newSchema(), ...PATIENCE }, hasty: true });
  });

  afterEach(async () => {
    await fleet.close();
    await network.close();
  });

  it.each(Object.keys(outages) as (keyof typeof outages)[])(
    '%s',
    async (name) => {
      const load = startLoad();
      await sleep(1_500);
      await outages[name](load);
      // It goes on by itself, with both of them.
      await eventually(() => expect(load.answers.slice(-2 * PEOPLE).every(({ status }) => status === 200)).toBe(true));
      await load.stop();
      await expectNothingLost(load);
    },
    120_000,
  );

  if (SECONDS > 0) it('a campaign of all of it', campaign, SECONDS * 1_000 + 240_000);
});

interface Load {
  readonly acknowledged: Set<string>;
  readonly refused: Set<string>;
  readonly answers: { readonly status: number; readonly took: number; readonly at: number }[];
  stop(): Promise<void>;
}

const outages = {
  'it is restarted: what is refused is refused with 503, and nothing that was acknowledged is lost': async (
    load: Load,
  ) => {
    await cluster.stop('SIGINT');
    await expectRefusals(load);
    await cluster.start();
  },
  'it crashes: what is refused is refused with 503, and nothing that was acknowledged is lost': async (load: Load) => {
    await cluster.stop('SIGQUIT');
    await expectRefusals(load);
    await cluster.start();
  },
  'it stands still: nobody waits for it for long, and nothing that was acknowledged is lost': async (load: Load) => {
    cluster.pause();
    await expectRefusals(load);
    cluster.resume();
  },
  'the network is cut: nobody waits for it for long, and nothing that was acknowledged is lost': async (load: Load) => {
    network.cut();
    await expectRefusals(load);
    network.heal();
  },
} as const;

async function campaign(): Promise<void> {
  const load = startLoad();
  const end = performance.now() + SECONDS * 1_000;
  while (performance.now() < end) {
    for (const outage of Object.values(outages)) {
      await sleep(1_000);
      await outage(load);
      await eventually(() => expect(load.answers.at(-1)?.status).toBe(200));
    }
  }
  await load.stop();
  await expectNothingLost(load);
}

/** While it is away everything is answered, with 503 and soon. */
async function expectRefusals({ answers }: Load): Promise<void> {
  const from = performance.now();
  await sleep(AWAY);
  const meanwhile = answers.filter(({ at, took }) => at - took > from);
  expect(meanwhile.length).toBeGreaterThan(0);
  expect(new Set(meanwhile.map(({ status }) => status))).toEqual(new Set([503]));
  const longest = Math.max(...answers.filter(({ at }) => at > from).map(({ took }) => took));
  // The statement's time, and that of our own clock after it; the rest is for a busy machine.
  expect(longest).toBeLessThan(PATIENCE.timeout + 1_000 + PATIENCE.connectTimeout + 2_000);
}

function startLoad(): Load {
  const acknowledged = new Set<string>();
  const refused = new Set<string>();
  const answers: { status: number; took: number; at: number }[] = [];
  let over = false;
  const people = Array.from({ length: PEOPLE }, async (_, index) => {
    for (let n = 1; !over; n++) {
      const body = `text ${n} of person ${index}`;
      const began = performance.now();
      const status = await fleet.text((index + n) % 2, person(index), body);
      const at = performance.now();
      answers.push({ status, took: at - began, at });
      (status === 200 ? acknowledged : refused).add(body);
      await sleep(status === 200 ? 50 : 100);
    }
  });
  return {
    acknowledged,
    refused,
    answers,
    async stop() {
      over = true;
      await Promise.all(people);
    },
  };
}

const REPLY = /^got (text \d+ of (person \d+)) as number (\d+)$/;

async function expectNothingLost({ acknowledged, refused }: Load): Promise<void> {
  expect(acknowledged.size).toBeGreaterThan(PEOPLE * 2);
  const replies = () => fleet.said().flatMap(({ text }) => REPLY.exec(text) ?? []);
  await eventually(() => {
    const times = counted(fleet.said().map(({ text }) => ({ text: REPLY.exec(text)?.[1] ?? text })));
    expect([...acknowledged].filter((body) => times.get(body) !== 1)).toEqual([]);
    // What was refused may have been taken in all the same, as nobody knows of a commit whose answer was lost; once only.
    for (const body of refused) expect(times.get(body) ?? 0).toBeLessThanOrEqual(1);
  }, 90_000);
  expect(replies().length).toBeGreaterThan(0);
  for (const [text, times] of counted(fleet.said())) expect(`${times} × ${text}`).toBe(`1 × ${text}`);
  for (let index = 0; index < PEOPLE; index++) {
    const numbers = fleet.said().flatMap(({ text }) => {
      const [, , who, number] = REPLY.exec(text) ?? [];
      return who === `person ${index}` ? [Number(number)] : [];
    });
    expect(numbers.toSorted((one, other) => one - other)).toEqual(numbers.map((_, n) => n + 1));
  }
}
