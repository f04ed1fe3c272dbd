import { anyText, type Bot, defineApp, defineBot, defineOrganization, lintApps, say, setupBot } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { SimulatedCarrier, simulate } from '@parley/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { and, not } from 'xstate';
import { intents, understanding, understandWith } from '../src/index.ts';
import { answers, ModelEndpoint, says } from './support/endpoint.ts';

const wants = intents({
  book: [
    'I want an appointment',
    'Can I see the doctor this week?',
    'book a visit',
    'do you have a free slot tomorrow',
  ],
  cancel: ['cancel my appointment', "I can't come tomorrow", 'please remove my booking'],
});

function organizationOf(...bots: readonly Bot[]) {
  return defineOrganization({
    name: 'Clinic',
    apps: [defineApp({ id: 'clinic', number: '+14155550100', bots })],
    transports: { sms: new SimulatedCarrier() },
    storage: memoryStorage(),
    plugins: [understanding()],
  });
}

async function tell(bots: readonly Bot[], ...texts: readonly string[]): Promise<readonly string[]> {
  const clinic = await simulate(organizationOf(...bots));
  const ann = clinic.actor('+14155550123');
  for (const text of texts) await ann.text(text);
  const heard = ann.received.map(({ text }) => text);
  await clinic.close();
  return heard;
}

const saying = (text: string) =>
  setupBot({}).createMachine({ initial: 'said', states: { said: { entry: say(text), type: 'final' } } });
const other = defineBot({ id: 'other', machine: saying('Something else.'), triggers: [anyText()] });

describe('a bot', () => {
  it('is started by what somebody wants, rather than by any text', async () => {
    const booking = defineBot({ id: 'booking', machine: saying('Which day?'), triggers: [wants.means('book')] });
    expect(await tell([other, booking], 'hello', 'could i get an apointment')).toEqual([
      'Something else.',
      'Which day?',
    ]);
  });

  it('goes where somebody wants to', async () => {
    const machine = setupBot({}).createMachine({
      entry: say('How can I help?'),
      on: {
        'message.received': [
          { guard: wants.is('book'), actions: say('Which day?') },
          { guard: wants.is('cancel'), actions: say('It is cancelled.') },
          { actions: say('Book or cancel?') },
        ],
      },
    });
    const bot = defineBot({ id: 'desk', machine, triggers: [anyText()] });
    expect(await tell([bot], 'hi', 'i cant come on friday', 'can the doctor see me', 'lol')).toEqual([
      'How can I help?',
      'It is cancelled.',
      'Which day?',
      'Book or cancel?',
    ]);
  });
});

describe('parley check', () => {
  const confusing = () =>
    intents({
      book: ['I want an appointment', 'cancel the old appointment please'],
      cancel: ['please cancel the appointment', 'I want to cancel'],
    });

  it('warns of examples of different intents that are nearly the same, of guards and of triggers, once each', () => {
    const [guarded, composed, triggered] = [confusing(), confusing(), confusing()];
    const child = setupBot({ types: { input: undefined as undefined } }).createMachine({
      on: { 'message.received': [{ guard: and([composed.is('book'), not(composed.is('cancel'))]) }] },
    });
    const machine = setupBot({ actors: { child }, guards: { named: guarded.is('book') } }).createMachine({
      invoke: { src: 'child' },
      on: { 'message.received': [{ guard: 'named' }, { guard: guarded.is('cancel') }, { guard: wants.is('book') }] },
    });
    const bot = defineBot({ id: 'desk', machine, triggers: [triggered.means('book')] });
    const warnings = lintApps(organizationOf(bot, other));
    expect(warnings).toHaveLength(3);
    expect(warnings[0]).toMatchObject({
      plugin: 'understanding',
      rule: 'confusable',
      bot: { id: 'desk' },
      message: expect.stringContaining(
        '"cancel the old appointment please" is an example of book, and "please cancel the appointment" one of cancel.',
      ),
    });
  });
});

describe('with a model for what examples do not tell', () => {
  const endpoint = new ModelEndpoint();
  beforeAll(() => endpoint.open());
  afterAll(() => endpoint.close());
  beforeEach(() => {
    endpoint.received.length = 0;
  });

  const failures: string[] = [];
  function desk(): Bot {
    const understand = understandWith(wants, {
      url: endpoint.url,
      model: 'small',
      attempts: 1,
      descriptions: { book: 'wants to see a doctor' },
      onFailure: ({ code }) => failures.push(code),
    });
    const machine = setupBot({ actors: { understand } }).createMachine({
      initial: 'waiting',
      states: {
        waiting: { on: { 'message.received': 'reading' } },
        reading: {
          invoke: {
            src: 'understand',
            input: ({ event }) => (event.type === 'message.received' ? event.text : ''),
            onDone: { target: 'waiting', actions: say(({ event }) => `${event.output.intent} by ${event.output.by}`) },
          },
        },
      },
    });
    return defineBot({ id: 'desk', machine, triggers: [anyText()], firstText: 'event' });
  }

  it('asks it only where they do not tell', async () => {
    endpoint.script = [says({ intent: 'book' }), says({ intent: 'none of them' })];
    expect(await tell([desk()], 'cancel my appointment', 'my tooth hurts so much', 'nice weather')).toEqual([
      'cancel by examples',
      'book by model',
      'undefined by model',
    ]);
    expect(endpoint.received).toHaveLength(2);
    const [system] = endpoint.received[0]?.body.messages ?? [];
    expect(system?.content).toContain('- book: wants to see a doctor, such as "I want an appointment"');
    expect(endpoint.received[0]?.body.response_format?.json_schema?.schema).toMatchObject({
      properties: { intent: { enum: ['book', 'cancel', 'none of them'] } },
    });
  });

  it('goes on without it', async () => {
    endpoint.script = [answers(500)];
    expect(await tell([desk()], 'cancel my appointment', 'my tooth hurts so much')).toEqual([
      'cancel by examples',
      'undefined by examples',
    ]);
    expect(failures).toEqual(['error.platform.model.unavailable']);
  });

  it('knows the intents that it describes', () => {
    const options = { url: 'https://models.example/v1', model: 'small' };
    // @ts-expect-error there is no such intent
    expect(() => understandWith(wants, { ...options, descriptions: { buy: 'wants to buy' } })).toThrow('descriptions');
  });
});
