import {
  type AppOptions,
  anyText,
  type Bot,
  defineBot,
  type Engine,
  type Journey,
  type MessageId,
  SendError,
  say,
  setupBot,
  type Transport,
} from '@parley/core';
import { keyvStorage } from '@parley/plugin-keyv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign } from 'xstate';
import { documentOf, KEY, messagesOf, never, World } from './world.ts';

const HOUR = 3_600_000;

/** How many bad worlds of each kind. */
const RUNS = Number(process.env.RUNS ?? 30);

/** How long they may take, in milliseconds. */
const TIME = 30_000 + RUNS * 2_000;

interface Talk {
  readonly heard: readonly string[];
  readonly silences: number;
}

/**
 * Says two things to every text, and one after a silence.
 *
 * @param mayThrow throws while the bot has its mistake
 */
function talker(mayThrow: () => void): Bot {
  return defineBot({
    id: 'bot',
    triggers: [anyText()],
    firstText: 'event',
    machine: setupBot({ types: { context: {} as Talk } }).createMachine({
      context: { heard: [], silences: 0 },
      initial: 'listening',
      states: {
        listening: {
          after: {
            600000: {
              actions: [assign({ silences: ({ context }) => context.silences + 1 }), say('silence'), mayThrow],
            },
          },
          on: {
            'message.received': {
              target: 'listening',
              reenter: true,
              actions: [
                assign({ heard: ({ context, event }) => [...context.heard, ...event.text.split('\n')] }),
                say(({ event }) => `${event.text} a`),
                say(({ event }) => `${event.text} b`),
                mayThrow,
              ],
            },
          },
        },
      },
    }),
  });
}

type Trouble = 'refuse' | 'retry' | 'lost answer' | 'lost message' | 'hang after' | 'hang before';

type Step =
  | { readonly kind: 'texts'; readonly count: number }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }
  | { readonly kind: 'wait'; readonly milliseconds: number }
  /** The process dies after so many turns of the event loop, with texts on their way in. */
  | { readonly kind: 'crash'; readonly after: number; readonly texts: number }
  | { readonly kind: 'report'; readonly message: number; readonly word: 'sent' | 'delivered' | 'undelivered' }
  /** The bot has a mistake from now on, or has none any more. */
  | { readonly kind: 'bot'; readonly broken: boolean }
  /** An operator has what was parked taken in again. */
  | { readonly kind: 'retry' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('texts' as const), count: fc.integer({ min: 1, max: 4 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('trouble' as const),
      trouble: fc.constantFrom<Trouble>('refuse', 'retry', 'lost answer', 'lost message', 'hang after', 'hang before'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      milliseconds: fc.constantFrom(0, 1000, 3000, 25_000, 100_000, 700_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('crash' as const),
      after: fc.integer({ min: 0, max: 12 }),
      texts: fc.integer({ min: 0, max: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('report' as const),
      message: fc.nat(30),
      word: fc.constantFrom('sent' as const, 'delivered' as const, 'undelivered' as const),
    }),
  },
);

const fragileStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: step },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('bot' as const), broken: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'retry' as const }) },
);

/** One conversation in a bad world. */
class Chaos {
  readonly world = new World();
  readonly #debounce: AppOptions['debounce'];
  #broken = false;
  readonly #reported = new Map<MessageId, string>();
  readonly #refused = new Set<MessageId>();
  #store = new Map<string, unknown>();
  #life = { dead: false };
  #engine!: Engine;
  #texts = 0;

  storage = keyvStorage({ store: this.#store });

  constructor(debounce?: AppOptions['debounce']) {
    this.#debounce = debounce;
  }

  async begin(): Promise<void> {
    const life = { dead: false };
    const { carrier } = this.world;
    // What a dead process still asks for reaches nobody.
    const transport: Transport = {
      name: 'mortal',
      webhooks: carrier.webhooks,
      open: async () => {},
      close: async () => {},
      send: (message, options) => (life.dead ? never() : carrier.send(message, options)),
      find: (message) => (life.dead ? never() : carrier.find(message)),
    };
    this.#life = life;
    this.storage = keyvStorage({ store: this.#store });
    const bot = talker(() => {
      if (this.#broken) throw new Error('a mistake');
    });
    const app = { loopGuard: false as const, ...(this.#debounce && { debounce: this.#debounce }) };
    this.#engine = this.world.create({ storage: this.storage, bots: [bot], transport, app });
    await this.#engine.start({ localUrl: 'http://localhost' });
  }

  async take(one: Step): Promise<void> {
    switch (one.kind) {
      case 'texts':
        await Promise.all(this.#newTexts(one.count).map((text) => this.#text(text)));
        return;
      case 'trouble':
        return this.#expect(one.trouble);
      case 'wait':
        return this.world.advance(one.milliseconds);
      case 'crash':
        return this.#crash(one.after, one.texts);
      case 'report':
        return this.#report(one.message, one.word);
      case 'bot':
        this.#broken = one.broken;
        return;
      case 'retry':
        return this.#retry();
    }
  }

  async #retry(): Promise<void> {
    if (this.#texts > 0) await this.#engine.retryParked(KEY);
  }

  #newTexts(count: number): readonly string[] {
    return Array.from({ length: count }, () => `t${++this.#texts}`);
  }

  #text(text: string): Promise<void> {
    return this.world.text(this.#engine, text, { providerId: text });
  }

  #expect(trouble: Trouble): void {
    const { carrier } = this.world;
    carrier.script.push(async (message) => {
      switch (trouble) {
        case 'refuse':
          this.#refused.add(message.id);
          throw new SendError('refused', '21211', 'no');
        case 'retry':
          throw new SendError('retry', '20429', 'later');
        case 'lost answer':
          carrier.accept(message);
          throw new SendError('unknown', 'ECONNRESET', 'broken off');
        case 'lost message':
          throw new SendError('unknown', 'ECONNRESET', 'broken off');
        case 'hang after':
          carrier.accept(message);
          return never();
        case 'hang before':
          return never();
      }
    });
  }

  async #crash(after: number, count: number): Promise<void> {
    const texts = this.#newTexts(count);
    for (const text of texts) void this.#text(text).catch(() => {});
    for (let round = 0; round < after; round++) await new Promise((resolve) => setImmediate(resolve));
    this.#life.dead = true;
    this.#store = new Map(this.#store);
    await this.begin();
    // Whether they were answered is not known: they come again.
    for (const text of texts) await this.#text(text);
  }

  async #report(index: number, word: 'sent' | 'delivered' | 'undelivered'): Promise<void> {
    const { accepted } = this.world.carrier;
    const message = accepted[index % Math.max(1, accepted.length)];
    if (message === undefined) return;
    const status = word === 'undelivered' ? 'failed' : word;
    await this.world.status(this.#engine, message.id, { status, providerStatus: word });
    const before = this.#reported.get(message.id) ?? 'pending';
    if (before === 'pending' || before === 'sent') this.#reported.set(message.id, status);
  }

  async end(): Promise<void> {
    this.world.carrier.script.length = 0;
    this.#broken = false;
    // Whoever still writes comes to an end, and what was parked is taken in again.
    await this.world.advance(HOUR);
    await this.#retry();
    await this.world.advance(12 * HOUR);
  }

  async check(): Promise<void> {
    const messages = await messagesOf(this.storage);
    if (this.#texts === 0) return expect(messages).toEqual([]);
    const document = await documentOf(this.storage);
    const all = Array.from({ length: this.#texts }, (_, index) => `t${index + 1}`).sort();
    const inbound = messages.filter(({ direction }) => direction === 'inbound').map(({ text }) => text);
    expect([...inbound].sort()).toEqual(all);
    const { heard, silences } = (document.journey as Journey).machine.snapshot.context as Talk;
    expect([...heard].sort()).toEqual(all);
    expect(messages.filter(({ text }) => text === 'silence')).toHaveLength(silences);
    expect(document.burst).toBeUndefined();
    expect(document.outbox).toEqual([]);
    expect(document.dispatch).toBeUndefined();
    expect(document.parked).toBeUndefined();
    const { accepted } = this.world.carrier;
    for (const message of messages.filter(({ direction }) => direction === 'outbound')) {
      const times = accepted.filter(({ id }) => id === message.id).length;
      expect([message.text, times]).toEqual([message.text, this.#refused.has(message.id) ? 0 : 1]);
      const expected = this.#refused.has(message.id) ? 'failed' : (this.#reported.get(message.id) ?? 'pending');
      expect([message.text, message.status]).toEqual([message.text, expected]);
    }
    for (const text of heard) {
      const pair = accepted.map((message) => message.text).filter((said) => said.startsWith(`${text} `));
      expect(pair).toEqual([...pair].sort());
    }
    expect(await this.#engine.ready()).toBe(true);
  }

  async close(): Promise<void> {
    await this.#engine.stop({ grace: 0 });
  }
}

describe('whatever happens, in whatever order', () => {
  async function live(chaos: Chaos, steps: readonly Step[]): Promise<void> {
    await chaos.begin();
    for (const one of steps) await chaos.take(one);
    await chaos.end();
    await chaos.check();
    await chaos.close();
  }

  it(
    'every text is taken in once, and every message leaves once unless it is refused',
    async () => {
      const steps = fc.array(step, { maxLength: 25 });
      await fc.assert(
        fc.asyncProperty(steps, (all) => live(new Chaos(), all)),
        { numRuns: RUNS },
      );
    },
    TIME,
  );

  it(
    'also with a bot that throws now and then, and an operator who has it try again',
    async () => {
      const steps = fc.array(fragileStep, { maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(steps, (all) => live(new Chaos(), all)),
        { numRuns: RUNS },
      );
    },
    TIME,
  );

  it(
    'also where texts that come close together are one event',
    async () => {
      const steps = fc.array(fragileStep, { maxLength: 12 });
      const debounce = { window: 2000, atMost: 5000 };
      await fc.assert(
        fc.asyncProperty(steps, (all) => live(new Chaos(debounce), all)),
        { numRuns: RUNS },
      );
    },
    TIME,
  );
});
