import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { address, type MessageRecord } from '@parley/core';
import { createTwilioEmulator, type TwilioEmulator } from '@parley/plugin-twilio/emulator';
import { textServer } from '../support/signed-text.ts';

/** Where the servers of a campaign keep their data: options of its factory. */
export interface CampaignStorage {
  readonly kind: 'sqlite' | 'postgres';
  readonly options: Readonly<Record<string, unknown>>;
}

export interface CampaignSettings {
  readonly storage: CampaignStorage;
  /** How many servers share it. */
  readonly servers: number;
  /** How often one of them is killed. */
  readonly kills: number;
  /** The kills, the faults and the way of messages follow from it. */
  readonly seed: number;
}

/** What a campaign has seen. */
export interface CampaignReport {
  /** Texts that were answered with 200, and those that were not. */
  readonly acknowledged: ReadonlySet<string>;
  readonly unanswered: ReadonlySet<string>;
  /** Every text that the provider has taken, oldest first. */
  readonly said: readonly string[];
}

/** How many people text at the same time. */
export const PEOPLE = 12;

/** After so many texts of one person another one goes on. */
const TEXTS = 50;
const NUMBER = address('+14155550100');

/** How often creating a message goes wrong in each way. */
const TIMEOUTS = 0.05;
const REFUSALS = 0.05;

/** How many requests have their fate decided in advance. */
const DECIDED = 500;

/**
 * People text servers that are killed with -9 now and then, while the provider is slow, fails, and reports in any order and more than
 * once. What is over is to be compared with what there should be.
 */
export class Campaign {
  readonly #settings: CampaignSettings;
  readonly #emulator: TwilioEmulator;
  readonly #ports: readonly number[];
  readonly #servers: (ChildProcess | undefined)[] = [];
  readonly #random: () => number;
  #isOver = false;

  private constructor(settings: CampaignSettings, emulator: TwilioEmulator, ports: readonly number[]) {
    this.#settings = settings;
    this.#emulator = emulator;
    this.#ports = ports;
    this.#random = seededRandom(settings.seed);
  }

  static async start(settings: CampaignSettings): Promise<Campaign> {
    const emulator = await createTwilioEmulator({
      numbers: [{ number: NUMBER }],
      seed: settings.seed,
      latency: { sending: 1, sent: 5, outcome: 20, spread: 1 },
      callbacks: { duplicates: 0.2, reordering: 0.2 },
      keepMessages: 1_000_000,
    });
    const ports = await Promise.all(Array.from({ length: settings.servers }, freePort));
    const campaign = new Campaign(settings, emulator, ports);
    await campaign.startAll();
    return campaign;
  }

  async startAll(): Promise<void> {
    await Promise.all(this.#ports.map((_, index) => this.#startServer(index)));
  }

  /** Kills as often as it shall, and lets people text meanwhile. */
  async run(): Promise<CampaignReport> {
    const acknowledged = new Set<string>();
    const unanswered = new Set<string>();
    const faults = this.#worsen();
    const people = Array.from({ length: PEOPLE }, async (_, place) => {
      for (let n = 1; !this.#isOver; n++) {
        // Nobody has thousands of texts, which the provider would have to list for each that is in doubt.
        const person = place + PEOPLE * Math.floor(n / TEXTS);
        const text = `text ${n} of person ${person}`;
        const status = await this.#text(n % this.#ports.length, person, text);
        (status === 200 ? acknowledged : unanswered).add(text);
        await sleep(status === 200 ? 50 : 100);
      }
    });
    for (let kills = 0; kills < this.#settings.kills; kills++) {
      await sleep(100 + this.#random() * 500);
      const index = Math.floor(this.#random() * this.#ports.length);
      await this.#kill(index);
      await this.#startServer(index);
    }
    // On a busy machine a server may hardly have listened before it was killed.
    while (acknowledged.size < 2 * PEOPLE) await sleep(50);
    this.#isOver = true;
    await Promise.all([...people, faults]);
    return { acknowledged, unanswered, said: this.said() };
  }

  /** Every text that the provider has taken, oldest first. */
  said(): readonly string[] {
    return this.#emulator.messages().flatMap(({ direction, body }) => (direction === 'outbound-api' ? [body] : []));
  }

  /** What became of each message at the provider, by its id. */
  fates(): ReadonlyMap<string, MessageRecord['status']> {
    return new Map(
      this.#emulator
        .messages()
        .filter(({ direction }) => direction === 'outbound-api')
        .map(({ sid, status }) => [sid, status === 'undelivered' ? 'failed' : (status as MessageRecord['status'])]),
    );
  }

  /** Ends the servers in good order, so that their storage can be looked into. */
  async stop(): Promise<void> {
    await Promise.all(
      this.#servers.map(async (server) => {
        if (server === undefined || hasEnded(server)) return;
        const ended = once(server, 'exit');
        server.send('stop');
        await ended;
      }),
    );
  }

  async close(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#ports.map((_, index) => this.#kill(index)));
    await this.#emulator.close();
  }

  /** Lets each request that creates a message be slow, and some of them fail. */
  async #worsen(): Promise<void> {
    const { faults } = this.#emulator;
    let decided = 0;
    while (!this.#isOver) {
      for (const created = this.said().length; decided < created + DECIDED; decided++) {
        const chance = this.#random();
        if (chance < TIMEOUTS) faults.next({ kind: 'hang', accepted: true });
        else if (chance < TIMEOUTS + REFUSALS) faults.next({ kind: 'refuse', status: 503 });
        else faults.next({ kind: 'delay', milliseconds: this.#random() * 30 });
      }
      await sleep(20);
    }
    faults.clear();
  }

  #text(server: number, person: number, body: string): Promise<number> {
    const text = {
      from: `+1${2_125_550_000 + person}`,
      to: NUMBER,
      body,
      sid: `SM${randomUUID().replaceAll('-', '')}`,
    };
    return textServer(`http://127.0.0.1:${this.#ports[server]}`, text, this.#emulator);
  }

  async #startServer(index: number): Promise<void> {
    const { accountSid, authToken, url } = this.#emulator;
    const { storage } = this.#settings;
    const settings = { accountSid, authToken, baseUrl: url, number: NUMBER, port: this.#ports[index], storage };
    const server = fork(new URL('./server.js', import.meta.url), {
      env: { ...process.env, CRASH_TEST: JSON.stringify(settings) },
      execArgv: [],
    });
    this.#servers[index] = server;
    const ended = once(server, 'exit').then(([code]) => {
      throw new Error(`A server ended with ${code} before it listened.`);
    });
    await Promise.race([once(server, 'message'), ended]);
    ended.catch(() => {});
  }

  async #kill(index: number): Promise<void> {
    const server = this.#servers[index];
    if (server === undefined || hasEnded(server)) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { readonly port: number };
  const closed = once(probe, 'close');
  probe.close();
  await closed;
  return port;
}

function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
