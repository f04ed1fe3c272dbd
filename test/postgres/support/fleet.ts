import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { address } from '@parley/core';
import type { PostgresOptions } from '@parley/plugin-postgres';
import { createTwilioEmulator, type TwilioEmulator } from '@parley/plugin-twilio/emulator';
import { textServer } from '../../support/signed-text.ts';
import { freePort } from './cluster.ts';

export const NUMBER = address('+14155550100');

export interface FleetSettings {
  /** How many servers. */
  readonly servers: number;
  readonly storage: PostgresOptions;
  /** Milliseconds until the bot asks once more. */
  readonly reminder?: number;
  /** Milliseconds that the bot's task takes. */
  readonly lookUp?: number;
  /** Whether leases are short: see {@link LEASE}. Default: as in production. */
  readonly hasty?: boolean;
}

/**
 * How long a server that has died keeps others from its work, where a test asks for little of that. A send gets five seconds less: on
 * a machine that is so busy that it takes longer, nobody could tell whether it went through.
 */
export const LEASE = 10_000;

/** Several servers on one database, and the Twilio that they share. */
export class Fleet {
  readonly emulator: TwilioEmulator;
  readonly #settings: FleetSettings;
  readonly #ports: readonly number[];
  readonly #servers: (ChildProcess | undefined)[] = [];

  private constructor(emulator: TwilioEmulator, settings: FleetSettings, ports: readonly number[]) {
    this.emulator = emulator;
    this.#settings = settings;
    this.#ports = ports;
  }

  static async start(settings: FleetSettings): Promise<Fleet> {
    const emulator = await createTwilioEmulator({
      latency: { sending: 1, sent: 2, outcome: 5 },
      keepMessages: 1_000_000,
      numbers: [{ number: NUMBER }],
    });
    const ports = await Promise.all(Array.from({ length: settings.servers }, freePort));
    const fleet = new Fleet(emulator, settings, ports);
    await Promise.all(ports.map((_, index) => fleet.startServer(index)));
    return fleet;
  }

  async startServer(index: number): Promise<void> {
    const { accountSid, authToken, url } = this.emulator;
    const { storage, reminder = 200, lookUp = 20, hasty = false } = this.#settings;
    const settings = {
      ...{ accountSid, authToken, baseUrl: url, number: NUMBER, port: this.#ports[index], storage, reminder, lookUp },
      engine: hasty ? { sendTimeout: LEASE - 5_000, taskTimeout: 2_000, lease: LEASE } : {},
    };
    const server = fork(new URL('../server.js', import.meta.url), {
      env: { ...process.env, POSTGRES_TEST: JSON.stringify(settings) },
      execArgv: [],
    });
    this.#servers[index] = server;
    const ended = once(server, 'exit').then(([code]) => Promise.reject(new Error(`A server ended with ${code}.`)));
    await Promise.race([once(server, 'message'), ended]);
    ended.catch(() => {});
  }

  /** As good as a power cut to one of them. */
  async kill(index: number): Promise<void> {
    const server = this.#servers[index];
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }

  async close(): Promise<void> {
    await Promise.all(this.#ports.map((_, index) => this.kill(index)));
    await this.emulator.close();
  }

  /**
   * Texts one server as Twilio does, and answers with the status of its answer; 0 if there was none.
   *
   * @param sid the same one again is the same webhook again.
   */
  text(index: number, from: string, body: string, sid = newSid()): Promise<number> {
    return textServer(`http://127.0.0.1:${this.#ports[index]}`, { from, to: NUMBER, body, sid }, this.emulator);
  }

  /** Every text that Twilio took of us, oldest first, with the person it went to. */
  said(): readonly { readonly to: string; readonly text: string }[] {
    return this.emulator
      .messages()
      .filter(({ direction }) => direction === 'outbound-api')
      .map(({ to, body }) => ({ to, text: body }));
  }
}

export function newSid(): string {
  return `SM${randomUUID().replaceAll('-', '')}`;
}

export function person(index: number): string {
  return `+1212555${String(1_000 + index)}`;
}

/** How often each text was said. */
export function counted(said: readonly { readonly text: string }[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of said) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** Tries until it holds. */
export async function eventually(check: () => void, atMost = 60_000): Promise<void> {
  const end = performance.now() + atMost;
  for (;;) {
    try {
      check();
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(50);
    }
  }
}
