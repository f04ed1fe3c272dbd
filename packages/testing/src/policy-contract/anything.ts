import {
  type ActorProfile,
  type Address,
  type App,
  isAddress,
  type MessageCategory,
  type MessageId,
  type MessageOrigin,
  type OutboundView,
  type Plugin,
} from '@parley/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildMessage } from '../records.ts';
import { OURS, type PolicyUnderTest } from './setting.ts';
import { begin, type Story } from './story.ts';
import { faultsOf } from './watched.ts';

/** Numbers of all kinds: with channels, short codes, of places that there are and that there are not. */
const anyAddress = fc
  .oneof(
    fc.constantFrom(
      '+14155550123',
      '+12125550123',
      '+442071838750',
      '+8613912345678',
      '+1000000000',
      '+99999999',
      '333',
    ),
    fc.stringMatching(/^\+[1-9]\d{6,14}$/),
    fc.stringMatching(/^\d{3,8}$/),
    fc.stringMatching(/^(whatsapp|web):\+[1-9]\d{6,14}$/),
  )
  .filter(isAddress);

const anyWords = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(
    '',
    ' ',
    'STOP',
    'Stop.',
    'HELP',
    '\ud83d',
    '$&$1',
    '{{name}}',
    '\u0000',
    '__proto__',
    'x'.repeat(1_600),
  ),
);

const anyName = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom('', 'constructor', '__proto__', 'news', 'toString'),
);

/** What is known of a person: programs may have written anything into it. */
const anyActor: fc.Arbitrary<Omit<ActorProfile, 'address'>> = fc.record(
  {
    firstName: anyWords,
    timeZone: fc.oneof(fc.constantFrom('America/New_York', 'Europe/London', 'Mars/Phobos', ''), fc.string()),
    region: fc.oneof(fc.constantFrom('CA', 'tx', 'ON', 'ZZ', 'constructor'), fc.string()),
    postalCode: fc.oneof(fc.constantFrom('94103', '00000', 'K1A 0B1'), fc.string()),
    locale: fc.oneof(fc.constantFrom('en-US', 'es', 'xx-YY', 'x', 'constructor'), fc.string()),
    attributes: fc.dictionary(anyName, fc.jsonValue()),
  },
  { requiredKeys: [] },
);

const anyOrigin: fc.Arbitrary<MessageOrigin> = fc.oneof(
  anyName.map((name): MessageOrigin => ({ kind: 'notification', name })),
  anyName.map((name): MessageOrigin => ({ kind: 'plugin', name })),
  anyName.map((name): MessageOrigin => ({ kind: 'person', name })),
  fc.constant<MessageOrigin>({ kind: 'bot', bot: 'bot', version: '1', journey: 'journey' }),
  fc.constantFrom<MessageOrigin>({ kind: 'app', why: 'fallback' }, { kind: 'app', why: 'otherwise' }),
);

const anyCategory = fc.constantFrom<MessageCategory>('conversational', 'informational', 'marketing', 'emergency');

/** From 2025 to 2030. */
const anyMoment = fc.integer({ min: Date.UTC(2025, 0), max: Date.UTC(2030, 0) });

const anyMedia = fc.array(
  fc.webUrl().map((url) => ({ url })),
  { maxLength: 2 },
);

function anyMessage(app: App): fc.Arbitrary<OutboundView> {
  return fc
    .record({
      ...{ to: anyAddress, text: anyWords, rewritten: anyWords, actor: anyActor, category: anyCategory },
      ...{ origin: anyOrigin, now: anyMoment, media: anyMedia, number: fc.nat(1_000_000) },
      age: fc.nat(40 * 86_400_000),
      heard: fc.option(fc.nat(40 * 86_400_000), { nil: undefined }),
    })
    .map(({ to, text, rewritten, actor, category, origin, now, media, number, age, heard }): OutboundView => {
      const id = `any-${number}` as MessageId;
      return {
        app,
        actor: { ...actor, address: to },
        message: { id, from: OURS as Address, to, text: rewritten, media, createdAt: now - age },
        record: { id, category, text, at: now - age, origin },
        ...(heard === undefined ? {} : { heardAt: now - heard }),
        now,
      };
    });
}

const QUESTIONS = 100;

export function anythingContract(underTest: PolicyUnderTest): void {
  /** Asks a plugin that is running about whatever there can be. */
  async function asked(ask: (plugin: Plugin, story: Story, app: App) => Promise<void>): Promise<void> {
    const story = await begin(underTest);
    const [app] = story.simulation.organization.apps;
    await ask(story.watched.plugin, story, app as App);
    expect(story.watched.faults).toEqual([]);
    await story.end();
  }

  it('has an answer for any message to anybody', () =>
    asked(async (plugin, _, app) => {
      await fc.assert(
        fc.asyncProperty(anyMessage(app), async (view) => {
          const text = await plugin.rewriteOutbound?.(view.record.text, view);
          expect(typeof (text ?? '')).toBe('string');
          expect(faultsOf(await plugin.checkOutbound?.(view), view, underTest.codes)).toEqual([]);
          const { actor, record, now } = view;
          expect(Number.isFinite((await plugin.planOutbound?.(now, { app, actor, record, now })) ?? now)).toBe(true);
        }),
        { numRuns: QUESTIONS },
      );
    }));

  it('hears any text of anybody', () =>
    asked(async (plugin, _, app) => {
      const incoming = fc.record({ providerId: fc.uuid(), from: anyAddress, text: anyWords, media: anyMedia });
      await fc.assert(
        fc.asyncProperty(incoming, async (text) => {
          const message = { ...text, to: [OURS as Address] as const, raw: {} };
          const claim = await plugin.interceptInbound?.({ app, message });
          if (claim?.reply !== undefined) expect(claim.reply).toMatch(/\S/);
        }),
        { numRuns: QUESTIONS },
      );
    }));

  it('takes note of any message, describes anybody and forgets them', () =>
    asked(async (plugin) => {
      const failed = fc.record({ theirs: anyAddress, text: anyWords, code: anyName, reason: anyWords });
      await fc.assert(
        fc.asyncProperty(failed, async ({ theirs, text, ...error }) => {
          const record = buildMessage({ id: 'any', direction: 'outbound', app: 'app', status: 'failed' });
          await plugin.observeMessage?.({ ...record, theirs, text, error });
          await plugin.describeActor?.(theirs);
          await plugin.eraseActor?.(theirs.replace(/^[a-z]+:/, ''));
        }),
        { numRuns: QUESTIONS / 4 },
      );
    }));
}
