import {
  type AppOptions,
  anyText,
  type Bot,
  codeOf,
  defineApp,
  defineBot,
  defineOrganization,
  type Log,
  type Plugin,
  remember,
  say,
  setupBot,
  silentLog,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { SimulatedCarrier, type Simulation, simulate } from '@parley/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type FirstTextOptions, firstText } from '../src/index.ts';

const ANN = '+14155550123';
const FOOTER =
  'From Example Clinic. Msg frequency varies. Msg & data rates may apply. Reply HELP for help, STOP to cancel.';

let sim: Simulation | undefined;

afterEach(async () => {
  await sim?.close();
  sim = undefined;
});

interface World {
  readonly options?: FirstTextOptions;
  readonly bots?: readonly Bot[];
  readonly plugins?: readonly Plugin[];
  readonly app?: Partial<AppOptions>;
  readonly log?: Log;
}

/** An organization with two apps, and what Ann's phone gets from the first. */
async function start({ options = {}, bots = [], plugins = [], app = {}, log = silentLog }: World = {}) {
  const organization = defineOrganization({
    name: 'Example Clinic',
    apps: [
      defineApp({ id: 'one', number: '+14155550100', bots, ...app }),
      defineApp({ id: 'two', number: '+14155550101', bots, ...app }),
    ],
    transports: { sms: new SimulatedCarrier() },
    storage: memoryStorage(),
    plugins: [firstText(options), ...plugins],
  });
  const simulation = await simulate(organization, { log });
  sim = simulation;
  const ann = simulation.actor(ANN, 'one');
  return {
    simulation,
    ann,
    /** Sends notifications, one after the other, and answers with all that Ann's phone has got from the app. */
    async notify(texts: readonly string[], more: { readonly app?: string; readonly name?: string } = {}) {
      const { app: id = 'one', name = 'test' } = more;
      for (const text of texts) {
        await simulation.engine.notify({ app: id, to: ANN, name, text });
        await simulation.advance({ seconds: 1 });
      }
      return simulation.actor(ANN, id).received.map(({ text }) => text);
    },
  };
}

describe('the first text to a person', () => {
  it('says who, how often, what it costs, HELP and STOP; the next ones are as they are', async () => {
    const { notify } = await start();
    expect(await notify(['Hello', 'Hello again', 'And again'])).toEqual([
      `Hello\n${FOOTER}`,
      'Hello again',
      'And again',
    ]);
  });

  it('is given only what it lacks', async () => {
    const { notify } = await start({ options: { program: 'your visits' } });
    const text = 'Example Clinic here, about your visits. Reply STOP to opt out.';
    expect(await notify([text])).toEqual([
      `${text}\nMsg frequency varies. Msg & data rates may apply. Reply HELP for help.`,
    ]);
  });

  it('is left as it is where it says it all, and counts', async () => {
    const { notify } = await start();
    expect(await notify([FOOTER, 'Hello'])).toEqual([FOOTER, 'Hello']);
  });

  it('is kept in the message log as it was said', async () => {
    const { simulation, notify } = await start();
    await notify(['Hello']);
    expect((await simulation.messages()).map(({ text }) => text)).toEqual(['Hello']);
  });

  it('is one for each app, each under its name', async () => {
    const { notify } = await start({ options: { brand: { two: 'Example Dentist' } } });
    expect(await notify(['Hello'])).toEqual([`Hello\n${FOOTER}`]);
    expect(await notify(['Hello', 'Bye'], { app: 'two' })).toEqual([
      `Hello\n${FOOTER.replace('Clinic', 'Dentist')}`,
      'Bye',
    ]);
  });

  it('is one for the whole organization, if that is the scope', async () => {
    const { notify } = await start({ options: { scope: 'organization' } });
    expect(await notify(['Hello'])).toEqual([`Hello\n${FOOTER}`]);
    expect(await notify(['Hello'], { app: 'two' })).toEqual(['Hello']);
  });

  it('may be an answer of a bot', async () => {
    const machine = setupBot({}).createMachine({ on: { 'message.received': { actions: say('Well?') } } });
    const { ann } = await start({
      bots: [defineBot({ id: 'asks', machine, triggers: [anyText()], firstText: 'event' })],
    });
    expect(await ann.text('hi')).toEqual([`Well?\n${FOOTER}`]);
    expect(await ann.text('hi')).toEqual(['Well?']);
  });

  it('speaks the language of the person', async () => {
    const machine = setupBot({}).createMachine({
      on: { 'message.received': { actions: [remember(() => ({ locale: 'es-US' })), say('¿Qué día?')] } },
    });
    const { ann } = await start({
      bots: [defineBot({ id: 'asks', machine, triggers: [anyText()], firstText: 'event' })],
    });
    expect(await ann.text('hola')).toEqual([
      '¿Qué día?\nDe parte de Example Clinic. Frecuencia variable. Pueden aplicarse tarifas de mensajes y datos. Responda HELP para ayuda, STOP para cancelar.',
    ]);
  });

  it('is said in the words of the options', async () => {
    const wording = { en: { brand: '{brand} texts you.', frequency: 'Up to 4 msgs/month.' } };
    const { notify } = await start({ options: { brand: 'Clinic', wording } });
    expect(await notify(['Hello'])).toEqual([
      'Hello\nClinic texts you. Up to 4 msgs/month. Msg & data rates may apply. Reply HELP for help, STOP to cancel.',
    ]);
  });

  it('is no answer of a plugin, which stays as it is', async () => {
    const helps: Plugin = { name: 'helps', interceptInbound: () => ({ reply: 'You are unsubscribed.' }) };
    const { ann, notify } = await start({ plugins: [helps] });
    expect(await ann.text('STOP')).toEqual(['You are unsubscribed.']);
    expect(await notify(['Hello'])).toEqual(['You are unsubscribed.', `Hello\n${FOOTER}`]);
  });

  it('is what comes after a text without room, which is logged by its code alone', async () => {
    const lines: string[] = [];
    const warn = (fields: object, message: string) => void lines.push(JSON.stringify([fields, message]));
    const { notify } = await start({ log: { ...silentLog, warn } });
    const long = 'long '.repeat(319).trim();
    expect(await notify([long, 'Hello', 'Bye'])).toEqual([long, `Hello\n${FOOTER}`, 'Bye']);
    expect(lines).toEqual([expect.stringContaining('error.platform.first-text.no-room')]);
    expect(lines[0]).not.toMatch(/long long|5550123/);
  });
});

describe('the duty to say it', () => {
  it('goes on to the next text when the carrier did not take the first', async () => {
    const { ann, notify } = await start();
    ann.carrier({ kind: 'refuse', code: '21211' });
    expect(await notify(['Hello'])).toEqual([]);
    ann.carrier({ kind: 'deliver' });
    expect(await notify(['Hello again', 'Bye'])).toEqual([`Hello again\n${FOOTER}`, 'Bye']);
  });

  it('stays with a text that is tried again', async () => {
    const { simulation, ann, notify } = await start();
    ann.carrier({ kind: 'unreachable' });
    await notify(['Hello']);
    ann.carrier({ kind: 'deliver' });
    await simulation.advance({ minutes: 30 });
    expect(await notify(['Bye'])).toEqual([`Hello\n${FOOTER}`, 'Bye']);
  });

  it('goes to whichever leaves first while a policy holds one back', async () => {
    const until = Date.parse('2026-01-05T20:00:00Z');
    const quiet: Plugin = {
      name: 'quiet',
      checkOutbound: ({ record, now }) =>
        record.text === 'Later' && now < until ? { kind: 'defer', until, code: 'quiet' } : undefined,
    };
    const { simulation, ann, notify } = await start({ plugins: [quiet] });
    expect(await notify(['Later', 'Now'])).toEqual([`Now\n${FOOTER}`]);
    await simulation.advance({ hours: 4 });
    expect(ann.received.map(({ text }) => text)).toEqual([`Now\n${FOOTER}`, 'Later']);
  });

  it('is done although the text was lost after the carrier had taken it', async () => {
    const { ann, notify } = await start();
    ann.carrier({ kind: 'lose', code: '30003' });
    await notify(['Hello']);
    ann.carrier({ kind: 'deliver' });
    expect(await notify(['Hello again'])).toEqual(['Hello again']);
  });

  it('begins anew for a person who was erased', async () => {
    const { simulation, ann, notify } = await start();
    await notify(['Hello']);
    await simulation.engine.eraseActor(ann.number);
    expect((await notify(['Hello'])).at(-1)).toBe(`Hello\n${FOOTER}`);
  });
});

describe('people who were texted before', () => {
  it.each([
    ['add', `Hello\n${FOOTER}`],
    ['leave', 'Hello'],
  ] as const)('%s: get %j next', async (textedBefore, text) => {
    let isThere = false;
    const plugin = firstText({ textedBefore });
    // A plugin that was not there for the first text: its rewrite did not run.
    const later: Plugin = {
      ...plugin,
      rewriteOutbound: (original, view) =>
        isThere ? (plugin.rewriteOutbound?.(original, view) ?? original) : original,
    };
    const { simulation } = await startWith(later);
    const send = async (body: string) => {
      await simulation.engine.notify({ app: 'one', to: ANN, name: 'test', text: body });
      await simulation.advance({ seconds: 1 });
    };
    await send('Before');
    isThere = true;
    await send('Hello');
    await send('Bye');
    expect(simulation.actor(ANN).received.map((received) => received.text)).toEqual(['Before', text, 'Bye']);
  });
});

async function startWith(plugin: Plugin) {
  const organization = defineOrganization({
    name: 'Example Clinic',
    apps: [defineApp({ id: 'one', number: '+14155550100' })],
    transports: { sms: new SimulatedCarrier() },
    storage: memoryStorage(),
    plugins: [plugin],
  });
  sim = await simulate(organization);
  return { simulation: sim };
}

it.each<[string, unknown, RegExp]>([
  ['a brand without a name', { brand: '' }, /brand/],
  ['a wording without its name', { wording: { en: { brand: 'Us.' } } }, /contain \{brand\}/],
  ['half a language', { wording: { de: { help: 'HELP für Hilfe.' } } }, /wording\.de: it lacks brand, program/],
  ['a language without words', { language: 'de' }, /no wording for de/],
])('refuses %s', (_, options, problem) => {
  const make = () => firstText(options as FirstTextOptions);
  expect(make).toThrow(problem);
  let code = '';
  try {
    make();
  } catch (error) {
    code = codeOf(error);
  }
  expect(code).toBe('error.platform.config.malformed');
});
