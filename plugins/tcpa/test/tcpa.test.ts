import type { Address, Plugin } from '@parley/core';
import type { Simulation } from '@parley/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { DATA_VERSION, type TcpaOptions, tcpa } from '../src/index.ts';
import { viewOf } from './views.ts';
import { outbound, worldOf } from './world.ts';

/** Of San Francisco, Miami and Provo. */
const ANN = '+14155550123' as Address;
const MAX = '+13055550123' as Address;
const UMA = '+18015550123' as Address;

const CALENDAR = 'TCPA-CA-America/Los_Angeles';
const DAY = 86_400_000;

/** Tuesday, 02:00 in San Francisco. */
const NIGHT = '2026-11-24T10:00:00Z';
/** Tuesday, 10:00 in San Francisco. */
const MORNING = '2026-11-24T18:00:00Z';

let simulation: Simulation;
afterEach(() => simulation?.close());

async function start(start: string, options: TcpaOptions = {}, plugins: readonly Plugin[] = [], mode?: 'preview') {
  const app = mode === undefined ? {} : { mode };
  simulation = await worldOf([tcpa(options), ...plugins], { start, app });
  return simulation;
}

async function notify(
  to: Address,
  more: { readonly name?: string; readonly category?: 'marketing' | 'emergency' } = {},
) {
  await simulation.engine.notify({ app: 'app', to, name: 'news', text: 'News', ...more });
  await simulation.advance({ seconds: 1 });
}

describe('a text out of hours', () => {
  it('waits for the first minute that is allowed, with the calendar, the code and the data on record', async () => {
    await start(NIGHT);
    await notify(ANN);
    expect(await outbound(simulation)).toMatchObject([{ status: 'pending', sent: undefined }]);
    await simulation.advance({ hours: 5, minutes: 59 });
    expect(await outbound(simulation)).toMatchObject([{ status: 'pending', sent: undefined }]);
    await simulation.advance({ minutes: 1 });
    const [message] = await outbound(simulation);
    expect(message).toMatchObject({ status: 'delivered', sent: '2026-11-24T16:00' });
    expect(message?.verdicts).toEqual([
      {
        policy: 'tcpa',
        kind: 'defer',
        until: Date.parse('2026-11-24T16:00:00Z'),
        code: 'error.platform.tcpa.quiet-hours',
        reason: expect.stringContaining(
          'California allows texts from 08:00 to 21:00 on this day, and it is 02:00 there',
        ),
        rule: CALENDAR,
        data: DATA_VERSION,
      },
    ]);
  });

  it('is refused where it is to be skipped', async () => {
    await start(NIGHT, { outside: 'skip' });
    await notify(ANN);
    expect(await outbound(simulation)).toMatchObject([{ status: 'failed', code: 'error.platform.tcpa.quiet-hours' }]);
  });

  it('is sent anyway for a reason, which is on record', async () => {
    await start(NIGHT, { notifications: { news: { send: 'asked for by the person' } } });
    await notify(ANN);
    const [message] = await outbound(simulation);
    expect(message?.sent).toBe('2026-11-24T10:00');
    expect(message?.verdicts).toMatchObject([
      { kind: 'allow', rule: CALENDAR, reason: 'asked for by the person', code: 'error.platform.tcpa.quiet-hours' },
    ]);
  });

  it('leaves no trace of the policy when all is well', async () => {
    await start(MORNING);
    await notify(ANN);
    expect(await outbound(simulation)).toMatchObject([{ status: 'delivered', verdicts: [] }]);
  });

  it('is looked at again when it wakes up: a person who has moved meanwhile waits for their new morning', async () => {
    await start(NIGHT);
    await notify(ANN);
    await simulation.engine.updateActor(ANN, { region: 'HI' });
    await simulation.advance({ hours: 6 });
    expect((await outbound(simulation))[0]?.sent).toBeUndefined();
    await simulation.advance({ hours: 2 });
    expect((await outbound(simulation))[0]?.sent).toBe('2026-11-24T18:00');
  });
});

describe('what to do with it', () => {
  const outside = (options: TcpaOptions, name: string, mode: 'preview' | 'published' = 'published') => {
    const view = viewOf({ address: ANN }, Date.parse(NIGHT));
    const app = { ...view.app, mode };
    const record = { ...view.record, origin: { kind: 'notification', name } as const };
    return tcpa(options).checkOutbound?.({ ...view, app, record });
  };

  it('can be said for an app and a notification, an app, a notification, preview, and all', async () => {
    const options: TcpaOptions = {
      outside: 'skip',
      preview: { send: 'preview' },
      notifications: { news: 'next', gone: { send: 'general' } },
    };
    expect(await outside(options, 'other')).toMatchObject({ kind: 'deny' });
    expect(await outside(options, 'news')).toMatchObject({ kind: 'defer' });
    expect(await outside(options, 'other', 'preview')).toMatchObject({ kind: 'allow', reason: 'preview' });
    expect(await outside(options, 'gone', 'preview')).toMatchObject({ kind: 'allow', reason: 'general' });
    const app = { outside: 'next', notifications: { gone: 'skip' } } as const;
    const withApp: TcpaOptions = { ...options, apps: { app } };
    expect(await outside(withApp, 'other', 'preview')).toMatchObject({ kind: 'defer' });
    expect(await outside(withApp, 'gone')).toMatchObject({ kind: 'deny' });
    expect(await outside({ ...options, apps: { another: app } }, 'other')).toMatchObject({ kind: 'deny' });
    // A name is no path into the language.
    expect(await outside(options, 'constructor')).toMatchObject({ kind: 'deny' });
  });
});

describe('a text on a day without texts', () => {
  it('waits over a holiday and a Sunday', async () => {
    // Friday evening in Provo; Saturday is Pioneer Day of 2027, which is kept on that day only.
    await start('2027-07-24T04:00:00Z');
    await notify(UMA);
    await simulation.advance({ days: 4 });
    const [message] = await outbound(simulation);
    expect(message?.sent).toBe('2027-07-26T14:00');
    expect(message?.verdicts[0]).toMatchObject({
      code: 'error.platform.tcpa.quiet-hours',
      rule: 'TCPA-UT-America/Denver',
    });
  });

  const codeAt = async (address: string, time: string, options: TcpaOptions = {}) => {
    const verdict = await tcpa(options).checkOutbound?.(viewOf({ address }, Date.parse(time)));
    return verdict?.code?.replace('error.platform.tcpa.', '');
  };

  it('says which day it is', async () => {
    expect(await codeAt(UMA, '2026-11-22T18:00Z')).toBe('banned-day');
    expect(await codeAt(UMA, '2026-11-26T18:00Z')).toBe('holiday');
    expect(await codeAt(UMA, '2026-11-25T18:00Z')).toBeUndefined();
    expect(await codeAt(ANN, '2026-11-26T18:00Z')).toBeUndefined();
  });

  it('knows days that only the data lists, and those that are kept on a working day', async () => {
    const NEW_ORLEANS = '+15045550123';
    // The day after Thanksgiving, by the list; Mardi Gras moves with Easter.
    expect(await codeAt(NEW_ORLEANS, '2026-11-27T18:00Z')).toBe('holiday');
    expect(await codeAt(NEW_ORLEANS, '2027-02-09T18:00Z')).toBe('holiday');
    // New Year's Day of 2028 is a Saturday, and the Friday before is kept.
    expect(await codeAt(UMA, '2027-12-31T18:00Z')).toBe('holiday');
    // Election Day in years of elections.
    expect(await codeAt(NEW_ORLEANS, '2026-11-03T18:00Z')).toBe('holiday');
    expect(await codeAt(NEW_ORLEANS, '2027-11-02T18:00Z')).toBeUndefined();
  });

  it('takes in days that a governor has proclaimed, in states with holidays and without', async () => {
    const overrides = ['LA', 'CA'].map((place) => ({
      ...{ place, source: 'Proclamation 100 JML 2026', from: '2026-12-01', until: '2026-12-31' },
      extraHolidays: [{ name: 'a day of mourning', rule: '2026-12-10' }],
    }));
    expect(await codeAt('+15045550123', '2026-12-10T18:00Z', { overrides })).toBe('holiday');
    expect(await codeAt(ANN, '2026-12-10T18:00Z', { overrides })).toBe('holiday');
    expect(await codeAt(ANN, '2026-12-25T18:00Z', { overrides })).toBeUndefined();
    expect(await codeAt(ANN, '2026-12-10T18:00Z')).toBeUndefined();
  });

  it('is banned while an emergency is declared, for those states and days', async () => {
    const emergencyBans = [{ places: ['LA'], from: '2026-08-28', until: '2026-09-04', reason: 'Hurricane Ida' }];
    const at = (time: string, address = '+15045550123') => codeAt(address, time, { emergencyBans });
    expect(await at('2026-08-27T18:00Z')).toBeUndefined();
    expect(await at('2026-08-28T18:00Z')).toBe('emergency-ban');
    expect(await at('2026-09-04T18:00Z')).toBe('emergency-ban');
    expect(await at('2026-09-05T18:00Z')).toBeUndefined();
    expect(await at('2026-08-28T18:00Z', UMA)).toBeUndefined();
    const everywhere = [{ ...emergencyBans[0]!, places: ['USA'] }];
    expect(await codeAt(UMA, '2026-08-28T18:00Z', { emergencyBans: everywhere })).toBe('emergency-ban');
    const verdict = await tcpa({ emergencyBans }).checkOutbound?.(
      viewOf({ address: '+15045550123' }, Date.parse('2026-08-28T18:00Z')),
    );
    // The ban ends on a Friday; Saturday is a day for texts.
    expect(verdict).toMatchObject({ kind: 'defer', until: Date.parse('2026-09-05T13:00Z') });
    expect(verdict?.reason).toContain('Hurricane Ida');
  });
});

describe('exempt', () => {
  it('is an answer to a text of the person, at any hour, and that is on record', async () => {
    await start(NIGHT);
    expect(await simulation.actor(ANN).text('hello')).toEqual(['re: hello']);
    const [message] = await outbound(simulation);
    expect(message?.verdicts).toMatchObject([{ kind: 'allow', rule: CALENDAR, data: DATA_VERSION }]);
    expect(message?.verdicts[0]?.reason).toContain('0 minutes ago');
  });

  it('is no longer what a bot says of its own accord days later', async () => {
    await start(NIGHT);
    await simulation.actor(ANN).text('hello');
    await simulation.advance({ days: 2, hours: 6, seconds: 1 });
    expect(await outbound(simulation)).toMatchObject([
      { sent: '2026-11-24T10:00' },
      { text: 'Still there?', sent: '2026-11-26T16:00' },
    ]);
  });

  it('is no notification, whatever its category, though the person has just texted', async () => {
    const at = Date.parse(NIGHT);
    const view = (category: 'conversational' | 'marketing', kind: 'bot' | 'notification') =>
      viewOf({ address: ANN }, at, {
        heardAt: at - 60_000,
        record: {
          category,
          origin: kind === 'bot' ? { kind, bot: 'b', version: '1', journey: 'j' } : { kind, name: 'news' },
        },
      });
    const policy = tcpa();
    expect(await policy.checkOutbound?.(view('conversational', 'bot'))).toMatchObject({ kind: 'allow' });
    expect(await policy.checkOutbound?.(view('conversational', 'notification'))).toMatchObject({ kind: 'defer' });
    expect(await policy.checkOutbound?.(view('marketing', 'bot'))).toMatchObject({ kind: 'defer' });
    expect(await tcpa({ replies: false }).checkOutbound?.(view('conversational', 'bot'))).toMatchObject({
      kind: 'defer',
    });
    expect(await tcpa({ replies: { within: 1000 } }).checkOutbound?.(view('conversational', 'bot'))).toMatchObject({
      kind: 'defer',
    });
    const marketing = tcpa({ replies: { categories: ['conversational', 'marketing'] } });
    expect(await marketing.checkOutbound?.(view('marketing', 'bot'))).toMatchObject({ kind: 'allow' });
  });

  it('is an emergency', async () => {
    await start(NIGHT);
    await notify(ANN, { category: 'emergency' });
    const [message] = await outbound(simulation);
    expect(message).toMatchObject({ sent: '2026-11-24T10:00', verdicts: [{ kind: 'allow', rule: CALENDAR }] });
  });
});

describe('more texts than a state allows in a day', () => {
  it('wait until the first of them is a day old, and for the window after that', async () => {
    // 10:00, 10:30 and 19:55 in Miami.
    await start('2026-11-24T15:00:00Z');
    await notify(MAX);
    await simulation.advance({ minutes: 30 });
    await notify(MAX);
    await simulation.advance({ hours: 9, minutes: 25 });
    await notify(MAX);
    await notify(MAX);
    await notify(MAX);
    await notify(ANN);
    await simulation.advance({ days: 2 });
    const sent = (await outbound(simulation)).map((message) => message.sent);
    expect(sent).toEqual([
      '2026-11-24T15:00',
      '2026-11-24T15:30',
      '2026-11-25T00:55',
      '2026-11-25T15:00',
      '2026-11-25T15:30',
      '2026-11-25T00:55',
    ]);
    const [verdict] = (await outbound(simulation))[3]?.verdicts ?? [];
    expect(verdict).toMatchObject({ code: 'error.platform.tcpa.frequency-cap', rule: 'TCPA-FL-3-in-24h' });
  });

  it('are refused, or sent for a reason, where that is what is to become of them', async () => {
    await start('2026-11-24T15:00:00Z', {
      outside: 'skip',
      notifications: { code: { send: 'a code that was asked for' } },
    });
    for (let times = 0; times < 4; times++) await notify(MAX);
    await notify(MAX, { name: 'code' });
    expect(await outbound(simulation)).toMatchObject([
      ...Array(3).fill({ status: 'delivered' }),
      { status: 'failed', code: 'error.platform.tcpa.frequency-cap' },
      {
        status: 'delivered',
        verdicts: [{ kind: 'allow', rule: 'TCPA-FL-3-in-24h', reason: 'a code that was asked for' }],
      },
    ]);
  });

  it('are not counted when they answer the person', async () => {
    await start('2026-11-24T15:00:00Z', { outside: 'skip' });
    for (const text of ['one', 'two', 'three', 'four']) await simulation.actor(MAX).text(text);
    for (let times = 0; times < 3; times++) await notify(MAX);
    expect(await outbound(simulation)).toMatchObject(Array(7).fill({ status: 'delivered' }));
  });

  it('are not counted when another policy refuses them or holds them back', async () => {
    let answer: 'deny' | 'defer' | 'allow' = 'deny';
    const other: Plugin = {
      name: 'other',
      enforce: 'opt-out',
      checkOutbound: ({ now }) => {
        if (answer === 'deny') return { kind: 'deny', code: 'other.no', reason: 'no' };
        return answer === 'defer' ? { kind: 'defer', code: 'other.later', until: now + DAY + 60_000 } : undefined;
      },
    };
    await start('2026-11-24T15:00:00Z', { outside: 'skip' }, [other]);
    for (let times = 0; times < 2; times++) await notify(MAX);
    answer = 'defer';
    await notify(MAX);
    answer = 'allow';
    for (let times = 0; times < 4; times++) await notify(MAX);
    const codes = (await outbound(simulation)).map(({ status, code }) => code ?? status);
    expect(codes).toEqual([
      ...['other.no', 'other.no', 'pending'],
      ...['delivered', 'delivered', 'delivered', 'error.platform.tcpa.frequency-cap'],
    ]);
    await simulation.advance({ days: 1, minutes: 2 });
    expect((await outbound(simulation))[2]?.status).toBe('delivered');
  });

  it('are counted once each, however often a send is tried', async () => {
    await start('2026-11-24T15:00:00Z', { outside: 'skip' });
    const max = simulation.actor(MAX);
    max.carrier({ kind: 'unreachable' });
    await notify(MAX);
    await simulation.advance({ minutes: 30 });
    max.carrier({ kind: 'deliver' });
    await simulation.advance({ minutes: 15 });
    for (let times = 0; times < 3; times++) await notify(MAX);
    const statuses = (await outbound(simulation)).map(({ status }) => status);
    expect(statuses).toEqual(['delivered', 'delivered', 'delivered', 'failed']);
  });

  it('are forgotten with the person', async () => {
    await start('2026-11-24T15:00:00Z', { outside: 'skip' });
    for (let times = 0; times < 3; times++) await notify(MAX);
    await simulation.engine.eraseActor(MAX);
    for (let times = 0; times < 3; times++) await notify(MAX);
    expect(await outbound(simulation)).toMatchObject(Array(3).fill({ status: 'delivered' }));
  });
});

describe('a plan', () => {
  const at = Date.parse('2026-11-25T06:00Z');
  const plan = (options: TcpaOptions, now = NIGHT, address = ANN) => {
    const { app, actor } = viewOf({ address }, at);
    return tcpa(options).plan({ app, actor, name: 'news', at, now: Date.parse(now) });
  };

  it('leaves a moment that is allowed as it is', () => {
    const { app, actor } = viewOf({ address: ANN }, at);
    expect(tcpa().plan({ app, actor, name: 'news', at: at - 3_600_000 * 2, now: 0 })).toEqual({
      at: at - 3_600_000 * 2,
    });
  });

  it('goes to the next window, or to the end of the one before as long as that is ahead', () => {
    expect(plan({})).toEqual({ at: Date.parse('2026-11-25T16:00Z') });
    expect(plan({ outside: 'previous' })).toEqual({ at: Date.parse('2026-11-25T04:59Z') });
    expect(plan({ outside: 'previous' }, '2026-11-25T05:30:00Z')).toEqual({ at: Date.parse('2026-11-25T16:00Z') });
    expect(plan({ outside: { send: 'why' } })).toEqual({ at });
    expect(plan({ outside: 'skip' })).toMatchObject({ at: undefined, code: 'error.platform.tcpa.quiet-hours' });
    expect(plan({ elsewhere: 'skip' }, NIGHT, '+4930123456' as Address)).toMatchObject({
      at: undefined,
      code: 'error.platform.tcpa.no-rule',
    });
  });

  it('is made for what is scheduled, where it leaves earlier', async () => {
    simulation = await worldOf([tcpa({ outside: 'previous' })], { start: MORNING });
    const request = { app: 'app', to: ANN, name: 'news', text: 'News' };
    expect(await simulation.engine.notify({ ...request, at })).toMatchObject({ at: Date.parse('2026-11-25T04:59Z') });
    await simulation.advance({ days: 1 });
    expect(await outbound(simulation)).toMatchObject([{ sent: '2026-11-25T04:59', verdicts: [] }]);
  });

  it('leaves what waits for the next window to the check, so that the record says why', async () => {
    simulation = await worldOf([tcpa()], { start: MORNING });
    expect(await simulation.engine.notify({ app: 'app', to: ANN, name: 'news', text: 'News', at })).toMatchObject({
      at,
    });
    await simulation.advance({ days: 1 });
    expect(await outbound(simulation)).toMatchObject([{ sent: '2026-11-25T16:00', verdicts: [{ kind: 'defer' }] }]);
  });

  it('is kept by the check at its time', async () => {
    const policy = tcpa({ outside: 'previous' });
    simulation = await worldOf([policy], { start: MORNING });
    const [app] = simulation.organization.apps;
    const planned = policy.plan({ app: app!, actor: { address: ANN }, name: 'news', at, now: simulation.clock.now() });
    await simulation.engine.notify({ app: 'app', to: ANN, name: 'news', text: 'News', at: planned.at! });
    await simulation.advance({ days: 1 });
    expect(await outbound(simulation)).toMatchObject([{ sent: '2026-11-25T04:59', verdicts: [] }]);
  });
});
