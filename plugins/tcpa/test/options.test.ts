import { describe, expect, it } from 'vitest';
import { type TcpaOptions, tcpa } from '../src/index.ts';
import { numberIn, viewOf } from './views.ts';

const ALL_DAY = { weekday: '00:00-24:00', saturday: '00:00-24:00', sunday: '00:00-24:00' };

/** `open`, or the reason's code and when it is over. */
async function at(time: string, address: string, options: TcpaOptions, category?: 'informational' | 'marketing') {
  const now = Date.parse(time);
  const view = viewOf({ address }, now, category === undefined ? {} : { record: { category } });
  const verdict = await tcpa(options).checkOutbound?.(view);
  if (verdict?.kind !== 'defer') return verdict?.kind ?? 'open';
  return `${verdict.code.replace('error.platform.tcpa.', '')} until ${new Date(verdict.until).toISOString().slice(0, 16)}`;
}

describe('an override', () => {
  const source = 'memo of counsel';
  const ANN = numberIn('415');

  it('holds from its first day to its last', async () => {
    const hours = { weekday: '12:00-13:00' };
    const overrides = [{ place: 'CA', hours, source, from: '2026-11-24', until: '2026-11-24' }];
    expect(await at('2026-11-23T18:00Z', ANN, { overrides })).toBe('open');
    expect(await at('2026-11-24T18:00Z', ANN, { overrides })).toBe('quiet-hours until 2026-11-24T20:00');
    expect(await at('2026-11-25T18:00Z', ANN, { overrides })).toBe('open');
  });

  it('of a state alone does not widen what federal law allows', async () => {
    const overrides = [{ place: 'CA', hours: ALL_DAY, source }];
    expect(await at('2026-11-24T10:00Z', ANN, { overrides })).toBe('quiet-hours until 2026-11-24T16:00');
    const both = [...overrides, { place: 'USA', hours: ALL_DAY, source }];
    expect(await at('2026-11-24T10:00Z', ANN, { overrides: both })).toBe('open');
    // The federal rule is the one that is closed then.
    const view = viewOf({ address: ANN }, Date.parse('2026-11-24T10:00Z'));
    const verdict = await tcpa({ overrides }).checkOutbound?.(view);
    expect(verdict).toMatchObject({ rule: 'TCPA-USA-America/Los_Angeles', data: '2026-11-23' });
  });

  it('is named with the data of a verdict', async () => {
    const overrides = [{ place: 'CA', hours: { weekday: null }, source }];
    const verdict = await tcpa({ overrides }).checkOutbound?.(
      viewOf({ address: ANN }, Date.parse('2026-11-24T18:00Z')),
    );
    expect(verdict).toMatchObject({ code: 'error.platform.tcpa.banned-day', data: '2026-11-23 with overrides' });
  });

  it('lifts holidays, sets covers, and the later one wins', async () => {
    const SALT_LAKE = numberIn('801');
    const thanksgiving = '2026-11-26T18:00Z';
    expect(await at(thanksgiving, SALT_LAKE, {})).toMatch(/^holiday/);
    const lifted = [{ place: 'UT', holidays: 'none', source }] as const;
    expect(await at(thanksgiving, SALT_LAKE, { overrides: lifted })).toBe('open');
    const marketing = [{ place: 'UT', covers: ['marketing'], source }] as const;
    expect(await at(thanksgiving, SALT_LAKE, { overrides: marketing }, 'informational')).toBe('open');
    expect(await at(thanksgiving, SALT_LAKE, { overrides: marketing }, 'marketing')).toMatch(/^holiday/);
    const twice = [...lifted, { place: 'UT', holidays: [{ name: 'A day', rule: '11-26' }], source }];
    expect(await at(thanksgiving, SALT_LAKE, { overrides: twice })).toMatch(/^holiday/);
  });

  it('that leaves no time at all has messages refused, not forgotten', async () => {
    const never = { weekday: null, saturday: null, sunday: null };
    const policy = tcpa({ overrides: [{ place: 'CA', hours: never, source }] });
    const verdict = await policy.checkOutbound?.(viewOf({ address: ANN }, Date.parse('2026-11-24T18:00Z')));
    expect(verdict).toMatchObject({ kind: 'deny', code: 'error.platform.tcpa.no-window' });
  });
});

describe('profiles and rules for voice', () => {
  it('are kept for texts unless somebody says otherwise', async () => {
    const DETROIT = numberIn('313');
    // 08:30 in Detroit: Michigan begins at 09:00, for voice.
    expect(await at('2026-11-24T13:30Z', DETROIT, {})).toBe('quiet-hours until 2026-11-24T14:00');
    expect(await at('2026-11-24T13:30Z', DETROIT, { voiceRules: 'ignore' })).toBe('open');
  });

  it('add the strict hours of automated calls when asked to', async () => {
    const PORTLAND = numberIn('207');
    expect(await at('2026-11-24T23:30Z', PORTLAND, {})).toBe('open');
    expect(await at('2026-11-24T23:30Z', PORTLAND, { profile: 'strict' })).toBe('quiet-hours until 2026-11-25T14:00');
    expect(await at('2026-11-27T23:30Z', PORTLAND, { profile: 'strict' })).toBe('quiet-hours until 2026-11-30T14:00');
  });
});

describe('laws with a first day', () => {
  it('hold from then on', async () => {
    const PORTLAND = numberIn('503');
    // 20:30 in Portland, before and after 2026-01-01.
    expect(await at('2025-12-31T04:30Z', PORTLAND, {})).toBe('open');
    expect(await at('2026-01-07T04:30Z', PORTLAND, {})).toBe('quiet-hours until 2026-01-07T16:00');
  });
});

describe('other countries', () => {
  it('are let through on record, refused, or known', async () => {
    const BERLIN = '+4930123456';
    const night = '2026-11-24T02:00Z';
    expect(await at(night, BERLIN, {})).toBe('allow');
    expect(await at(night, BERLIN, { elsewhere: 'skip' })).toBe('deny');
    const germany = {
      ...{ place: 'DEU', name: 'Germany', callingCode: '+49', zones: ['Europe/Berlin'], source: 'counsel' },
      ...{ hours: { weekday: '08:00-20:00', saturday: '08:00-20:00', sunday: null }, holidays: 'DE' },
    };
    expect(await at(night, BERLIN, { countries: [germany] })).toBe('quiet-hours until 2026-11-24T07:00');
    expect(await at('2026-12-25T12:00Z', BERLIN, { countries: [germany] })).toBe('holiday until 2026-12-28T07:00');
  });
});

describe('what an organization knows better', () => {
  it('goes before the profile', async () => {
    const locate: TcpaOptions['locate'] = ({ attributes }) =>
      attributes?.crmState === undefined ? undefined : { region: String(attributes.crmState) };
    const now = Date.parse('2026-11-25T01:30Z');
    const actor = { address: numberIn('415'), region: 'CA', attributes: { crmState: 'NY' } };
    const policy = tcpa({ locate });
    expect(await policy.checkOutbound?.(viewOf(actor, now))).toBeUndefined();
    const later = await policy.checkOutbound?.(viewOf(actor, now + 3_600_000));
    expect(later).toMatchObject({ rule: 'TCPA-NY-America/New_York' });
  });
});

describe('the options of tcpa', () => {
  it.each<[string, TcpaOptions, RegExp]>([
    ['sending anyway without a reason', { outside: { send: ' ' } }, /reason/],
    [
      'hours that end before they begin',
      { overrides: [{ place: 'CA', hours: { weekday: '20:00-08:00' }, source: 'x' }] },
      /09:00-20:00/,
    ],
    ['an override without a source', { overrides: [{ place: 'CA', source: '' }] }, /source/],
    ['a place that does not exist', { overrides: [{ place: 'XX', source: 'x' }] }, /no rule for XX/],
    ['a day that does not exist', { overrides: [{ place: 'CA', source: 'x', from: '2026-02-30' }] }, /2026-10-18/],
    [
      'a ban that ends before it begins',
      { emergencyBans: [{ places: ['LA'], from: '2026-02-02', until: '2026-02-01', reason: 'x' }] },
      /ends no earlier/,
    ],
    [
      'a rule for a holiday that nobody understands',
      { overrides: [{ place: 'CA', source: 'x', extraHolidays: [{ name: 'x', rule: 'someday' }] }] },
      /date-holidays/,
    ],
    ['a mistyped name', { outsde: 'skip' } as never, /did you mean outside/],
  ])('refuse %s', (_, options, message) => {
    expect(() => tcpa(options)).toThrow(message);
    expect(() => tcpa(options)).toThrow(/config\.malformed/);
  });
});
