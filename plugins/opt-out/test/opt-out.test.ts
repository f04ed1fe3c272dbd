import { afterEach, describe, expect, it } from 'vitest';
import type { OptOutOptions } from '../src/index.ts';
import { isAnsweredByTwilio } from '../src/words/provider.ts';
import { ANN, ledger, STARTED, STOPPED, start, type World } from './support.ts';

const HOUR = 3_600_000;
const OPTED_OUT = 'error.platform.opt-out.opted-out';

let world: World;
const begin = async (options: OptOutOptions = {}) => {
  world = await start(options);
  return world.simulation;
};
afterEach(() => world.simulation.close());

describe('STOP', () => {
  it('is confirmed once, ends the journey, and takes back what is scheduled in every app', async () => {
    const simulation = await begin();
    const ann = simulation.actor(ANN);
    await ann.text('hello');
    await simulation.actor(ANN, 'shop').text('hello');
    const at = simulation.clock.now() + 24 * HOUR;
    const scheduled = [await world.notify('tomorrow', { at }), await world.notify('sale', { app: 'shop', at })];
    expect(await ann.text('Stop. Thank you')).toEqual([STOPPED]);
    for (const { id } of scheduled) {
      expect(await world.record(id)).toMatchObject({ status: 'failed', error: { code: OPTED_OUT } });
    }
    for (const app of ['clinic', 'shop']) expect(await simulation.actor(ANN, app).state()).toBeUndefined();
    await simulation.advance({ hours: 48 });
    expect(ann.received.map(({ text }) => text)).toEqual(['You said hello', STOPPED]);
    expect(simulation.actor(ANN, 'shop').lastText).toBe('You said hello');
    expect(await ann.text('STOP')).toEqual([]);
    expect(await simulation.actor(ANN, 'shop').text('stop')).toEqual([]);
  });

  it('lets nothing out from then on, and says why in the log of messages', async () => {
    await begin();
    await world.receive({ text: 'STOP' });
    for (const app of ['clinic', 'shop']) {
      const message = await world.notify('news', { app });
      expect(message).toMatchObject({ status: 'failed', error: { code: OPTED_OUT } });
      expect(message.history.at(-1)?.verdicts).toMatchObject([
        { policy: 'opt-out', kind: 'deny', rule: 'organization' },
      ]);
    }
  });

  it('holds for the person, by whatever channel', async () => {
    const simulation = await begin();
    await simulation.actor(`whatsapp:${ANN}`, 'chat').text('STOP');
    expect(await world.notify('news')).toMatchObject({ error: { code: OPTED_OUT } });
  });

  it('is confirmed again after START, also right away', async () => {
    const simulation = await begin();
    const ann = simulation.actor(ANN);
    for (let time = 0; time < 3; time++) {
      expect(await ann.text('STOP')).toEqual([STOPPED]);
      expect(await ann.text('START')).toEqual([STARTED]);
      expect(await ann.text('hi')).toEqual(['You said hi']);
    }
  });

  it('is one opt-out and one confirmation when its webhook comes twice', async () => {
    const book = ledger();
    await begin({ ledger: book });
    for (let time = 0; time < 2; time++) {
      await world.receive({ text: 'STOP', providerId: 'SM1' });
      await world.simulation.advance({ seconds: 1 });
    }
    expect(world.simulation.actor(ANN).received.map(({ text }) => text)).toEqual([STOPPED]);
    expect(book.entries).toHaveLength(1);
  });

  it('counts for what it was when its webhook comes again after START, and so does START after STOP', async () => {
    const book = ledger();
    await begin({ ledger: book });
    await world.receive({ text: 'STOP', providerId: 'SM1' });
    await world.receive({ text: 'START', providerId: 'SM2' });
    await world.receive({ text: 'STOP', providerId: 'SM1' });
    expect(await world.notify('news')).toMatchObject({ status: 'delivered' });
    await world.receive({ text: 'STOP', providerId: 'SM3' });
    await world.receive({ text: 'START', providerId: 'SM2' });
    expect(await world.notify('news')).toMatchObject({ error: { code: OPTED_OUT } });
    expect(book.entries.map(({ kind }) => kind)).toEqual(['revoked', 'given', 'revoked']);
  });

  it('is not confirmed later than 5 minutes afterwards', async () => {
    const simulation = await begin();
    const ann = simulation.actor(ANN);
    ann.carrier({ kind: 'unreachable' });
    await ann.text('STOP');
    await simulation.advance({ minutes: 6 });
    ann.carrier({ kind: 'deliver' });
    await simulation.advance({ hours: 1 });
    expect(ann.received).toEqual([]);
  });

  it('is answered in its own language', async () => {
    const simulation = await begin();
    expect(await simulation.actor(ANN).text('Arrêt')).toEqual([
      'Riverside : vous êtes désabonné et ne recevrez plus de messages. Répondez START pour les recevoir à nouveau.',
    ]);
  });

  it('lets emergencies out, unless told otherwise', async () => {
    await begin();
    await world.receive({ text: 'STOP' });
    expect(await world.notify('boil water', { category: 'emergency' })).toMatchObject({ status: 'delivered' });
    await world.simulation.close();
    await begin({ emergencies: false });
    await world.receive({ text: 'STOP' });
    expect(await world.notify('boil water', { category: 'emergency' })).toMatchObject({ error: { code: OPTED_OUT } });
  });

  it.each(['CANCEL', 'END', 'QUIT'])('may be %s, whatever a bot asks for', async (word) => {
    const simulation = await begin();
    const ann = simulation.actor(ANN);
    await ann.text('hello');
    expect(await ann.text(word)).toEqual([STOPPED]);
    expect(await ann.text(`${word} my appointment`)).toEqual([]);
  });
});

describe('the scope of an opt-out', () => {
  it.each(['app', 'number'] as const)('%s: leaves the other apps alone', async (scope) => {
    const simulation = await begin({ scope });
    await simulation.actor(ANN, 'shop').text('hello');
    await simulation.actor(ANN).text('STOP');
    expect(await world.notify('news')).toMatchObject({ error: { code: OPTED_OUT } });
    expect(await world.notify('sale', { app: 'shop' })).toMatchObject({ status: 'delivered' });
    expect(await simulation.actor(ANN, 'shop').state()).toBe('waiting');
    // Each is a revocation of its own.
    expect(await simulation.actor(ANN, 'shop').text('STOP')).toEqual([STOPPED]);
  });

  it('is not narrowed by a change of the option', async () => {
    const simulation = await begin({ scope: 'app' });
    const data = simulation.organization.storage.keyv('plugin:opt-out');
    await data.set(`out all ${ANN}`, { at: 1, how: 'text', scope: 'organization' });
    await data.set('out number:+14155550199 +14155550124', { at: 1, how: 'text', scope: 'number' });
    expect(await world.notify('news')).toMatchObject({ error: { code: OPTED_OUT } });
    const { message } = await simulation.engine.notify({ app: 'shop', to: '+14155550124', name: 'news', text: 'sale' });
    await simulation.advance({ seconds: 0 });
    expect(await world.record(message)).toMatchObject({ error: { code: OPTED_OUT } });
  });
});

describe('START', () => {
  it('lifts the opt-out for the app that was texted, and for no other', async () => {
    const simulation = await begin();
    await simulation.actor(ANN).text('STOP');
    expect(await simulation.actor(ANN, 'shop').text('Unstop')).toEqual([STARTED]);
    expect(await world.notify('sale', { app: 'shop' })).toMatchObject({ status: 'delivered' });
    expect(await world.notify('news')).toMatchObject({ error: { code: OPTED_OUT } });
  });

  it('is for the bot when nobody has opted out, and so is YES', async () => {
    const simulation = await begin();
    const ann = simulation.actor(ANN);
    expect(await ann.text('START')).toEqual(['You said START']);
    expect(await ann.text('yes')).toEqual(['You said yes']);
    await ann.text('STOP');
    expect(await ann.text('yes please')).toEqual([]);
    expect(await ann.text('YES')).toEqual([STARTED]);
    expect(await ann.text('YES')).toEqual(['You said YES']);
  });

  it('brings back no consent to advertising', async () => {
    const book = ledger();
    const simulation = await begin({ ledger: book });
    await simulation.actor(ANN).text('stop texting me');
    await simulation.actor(ANN).text('START');
    expect(book.entries).toMatchObject([
      { kind: 'revoked', person: ANN, how: 'text', evidence: { words: 'stop texting me' } },
      { kind: 'given', person: ANN, app: 'clinic', categories: ['conversational', 'informational'] },
    ]);
    expect(book.entries[0]).not.toHaveProperty('app');
    expect(book.entries[1]!.at).toBeGreaterThan(book.entries[0]!.at);
  });
});

describe('HELP', () => {
  it('is answered always, also to those who have opted out, and disturbs nobody', async () => {
    const simulation = await begin({ contact: 'call 800-555-0100' });
    const ann = simulation.actor(ANN);
    const answer = 'Riverside: For help, call 800-555-0100. Msg & data rates may apply. Reply STOP to end texts.';
    await ann.text('hello');
    expect(await ann.text('help')).toEqual([answer]);
    expect(await ann.state()).toBe('waiting');
    await ann.text('STOP');
    expect(await ann.text('INFO')).toEqual([answer]);
    expect(await ann.text('help me please')).toEqual([]);
  });

  it('is answered in words of one’s own', async () => {
    const simulation = await begin({ brand: 'Acme', texts: { en: { help: '{brand}: acme.example/help' } } });
    expect(await simulation.actor(ANN).text('HELP')).toEqual(['Acme: acme.example/help']);
  });
});

describe('a provider that answers itself', () => {
  it('is not repeated', async () => {
    await begin();
    const received = () => world.simulation.actor(ANN).received.map(({ text }) => text);
    await world.receive({ text: 'STOP', optOut: 'stop' });
    expect(await world.notify('news')).toMatchObject({ error: { code: OPTED_OUT } });
    await world.receive({ text: 'HELP', optOut: 'help' });
    await world.receive({ text: 'START', optOut: 'start' });
    // One that it knew of and we did not.
    await world.receive({ text: 'START', optOut: 'start' });
    expect(received()).toEqual([]);
    expect(await world.notify('news')).toMatchObject({ status: 'delivered' });
  });

  it('is believed where it does not say so, of its own keywords only', async () => {
    const simulation = await begin({ providerAnswers: ['clinic'] });
    const ann = simulation.actor(ANN);
    for (const text of [' Stop', 'HELP', 'START']) expect(await ann.text(text)).toEqual([]);
    expect(await ann.text('OPT OUT')).toEqual([STOPPED]);
    expect(await simulation.actor('+14155550125', 'shop').text('STOP')).toEqual([STOPPED]);
  });

  it.each([
    ['STOP', '+18885550100', true],
    ['unstop', '+18885550100', true],
    ['HELP', '+18885550100', false],
    ['CANCEL', '+18885550100', false],
    ['HELP', '+14155550100', true],
    ['STOP', '12345', false],
  ])('answers %s to %s by itself: %s', (text, number, answers) => {
    expect(isAnsweredByTwilio(text, number)).toBe(answers);
  });

  it.each([true, false])('tells of an opt-out by refusing a text (bot: %s)', async (byBot) => {
    const book = ledger();
    const simulation = await begin({ ledger: book });
    const shop = simulation.actor(ANN, 'shop');
    await shop.text('hello');
    const ann = simulation.actor(ANN);
    ann.carrier({ kind: 'refuse', code: '21610' });
    if (byBot) await ann.text('hello');
    else await world.notify('news');
    ann.carrier({ kind: 'deliver' });
    await simulation.advance({ hours: 3 });
    expect(await world.notify('news')).toMatchObject({ error: { code: OPTED_OUT } });
    expect(shop.received.map(({ text }) => text)).toEqual(['You said hello']);
    expect([await ann.state(), await shop.state()]).toEqual([undefined, undefined]);
    expect(book.entries).toMatchObject([{ kind: 'revoked', how: 'provider' }]);
  });

  it('is not believed of other errors', async () => {
    const simulation = await begin();
    simulation.actor(ANN).carrier({ kind: 'lose', code: '30007' });
    await world.notify('news');
    simulation.actor(ANN).carrier({ kind: 'deliver' });
    expect(await world.notify('news')).toMatchObject({ status: 'delivered' });
  });
});

describe('a person who texts by two channels', () => {
  it('hears nothing more by the other one', async () => {
    const simulation = await begin();
    const whatsapp = simulation.actor(`whatsapp:${ANN}`, 'chat');
    await whatsapp.text('hello');
    await simulation.actor(ANN).text('STOP');
    expect(await whatsapp.state()).toBeUndefined();
    await simulation.advance({ hours: 3 });
    expect(whatsapp.received).toHaveLength(1);
  });
});
