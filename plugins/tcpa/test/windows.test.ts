import type { OutboundView, Verdict } from '@parley/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATE_ZONES } from '../src/data/states-zones.ts';
import { type Tcpa, tcpa } from '../src/index.ts';
import { MINUTE, Oracle, wallClock } from './oracle.ts';
import { numberIn, viewOf } from './views.ts';

const RUNS = Number(process.env.RUNS ?? 100_000);

/** A year with both changes of the clocks and every holiday, and what a deferral may reach into. */
/** Everywhere it is 2026: rules that began with the year are in force, also where the clocks are far behind UTC. */
const FROM = Date.UTC(2026, 0, 2);
const UNTIL = Date.UTC(2027, 0, 1);
const BEYOND = Date.UTC(2027, 1, 1);

type Pairs = readonly (readonly [place: string, zone: string])[];

interface Case {
  readonly actor: Parameters<typeof viewOf>[0];
  /** The calendars that apply, as this test has it. */
  readonly pairs: Pairs;
}

const unknownNumber = '+18005550123';

const states: readonly Case[] = Object.entries(STATE_ZONES).flatMap(([state, zones]) => [
  { actor: { address: unknownNumber, region: state }, pairs: zones.map((zone) => [state, zone] as const) },
  ...zones.map((zone) => ({
    actor: { address: unknownNumber, region: `US-${state}`, timeZone: zone },
    pairs: [[state, zone]] as Pairs,
  })),
]);

/** People who are said to be where nobody's clock is like the state's: both clocks count. */
const travellers: readonly Case[] = [
  ['CA', 'Australia/Lord_Howe'],
  ['TX', 'Europe/London'],
  ['NY', 'America/St_Johns'],
  ['WA', 'Pacific/Chatham'],
  ['HI', 'Asia/Kathmandu'],
  ['AK', 'Asia/Tokyo'],
  ['RI', 'America/Sao_Paulo'],
].map(([state, zone]) => ({
  actor: { address: unknownNumber, region: state!, timeZone: zone! },
  pairs: [...STATE_ZONES[state!]!, zone!].map((each) => [state!, each] as const),
}));

const areaCodes: readonly Case[] = [
  ['850', 'FL', ['America/Chicago', 'America/New_York']],
  ['208', 'ID', ['America/Boise', 'America/Denver', 'America/Los_Angeles']],
  ['907', 'AK', ['America/Adak', 'America/Anchorage', 'America/Juneau', 'Pacific/Honolulu']],
  ['928', 'AZ', ['America/Denver', 'America/Phoenix']],
  ['671', 'GU', ['Pacific/Guam']],
  ['684', 'AS', ['Pacific/Pago_Pago']],
  ['401', 'RI', ['America/New_York']],
  ['416', 'CAN', ['America/Toronto']],
  ['709', 'CAN', ['America/St_Johns', 'America/Goose_Bay']],
  ['867', 'CAN', ['America/Edmonton', 'America/Iqaluit', 'America/Winnipeg', 'America/Atikokan', 'America/Whitehorse']],
].map(([code, place, zones]) => ({
  actor: { address: numberIn(code as string) },
  pairs: (zones as string[]).map((zone) => [place as string, zone] as const),
}));

const abroad: readonly Case[] = [
  { actor: { address: '+442071234567' }, pairs: [['GBR', 'Europe/London']] },
  { actor: { address: '+33123456789' }, pairs: [['FRA', 'Europe/Paris']] },
];

const nowhere: Case = {
  actor: { address: unknownNumber },
  pairs: Object.entries(STATE_ZONES)
    .filter(([state]) => !['AS', 'GU', 'MP'].includes(state))
    .flatMap(([state, zones]) => zones.map((zone) => [state, zone] as const)),
};

const cases = [...states, ...travellers, ...areaCodes, ...abroad, nowhere];

/** The changes of the clocks of 2026, by any of these zones: half of the cases are near one. */
const changes = [
  Date.UTC(2026, 2, 8, 10),
  Date.UTC(2026, 10, 1, 9),
  Date.UTC(2026, 2, 29, 1),
  Date.UTC(2026, 3, 4, 15),
];

const instants = fc.oneof(
  fc.integer({ min: FROM, max: UNTIL - 1 }),
  fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -36 * 60 * MINUTE, max: 36 * 60 * MINUTE }))
    .map(([change, distance]) => change + distance),
  // To the minute, and to the millisecond before.
  fc
    .tuple(fc.integer({ min: FROM / MINUTE, max: UNTIL / MINUTE - 1 }), fc.constantFrom(0, -1))
    .map(([minute, less]) => Math.max(FROM, minute * MINUTE + less)),
);

describe('a deferral', () => {
  it(`ends at the first minute that every calendar allows, in ${RUNS} cases from Alaska to Guam and abroad`, () => {
    const oracle = new Oracle(FROM, BEYOND);
    const policy = tcpa();
    const property = fc.property(fc.constantFrom(...cases), instants, ({ actor, pairs }, now) => {
      const verdict = verdictOf(policy, viewOf(actor, now));
      const allowed = oracle.bitmap(pairs);
      const minute = Math.floor((now - FROM) / MINUTE);
      if (allowed[minute] === 1) return expectOpen(verdict);
      let next = minute + 1;
      while (allowed[next] === 0) next += 1;
      if (verdict?.kind !== 'defer' || verdict.until !== FROM + next * MINUTE) {
        throw new Error(
          `${JSON.stringify(verdict)}, expected ${new Date(FROM + next * MINUTE).toISOString()} for ${JSON.stringify(pairs)}`,
        );
      }
    });
    fc.assert(property, { numRuns: RUNS });
  }, 120_000);

  it('and what is planned for the window before are right with hours of any kind on the nights when clocks change', () => {
    const zones = ['America/New_York', 'America/Phoenix', 'America/St_Johns', 'Europe/London', 'Australia/Lord_Howe'];
    const time = fc.integer({ min: 0, max: 24 * 4 }).map((quarters) => quarters * 15);
    const hours = fc
      .tuple(time, time)
      .filter(([from, until]) => from < until)
      .map(([from, until]) => `${clock(from)}-${clock(until)}`);
    const week = fc.record({ weekday: hours, saturday: hours, sunday: fc.option(hours) });
    const instant = fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -1800, max: 1800 }))
      .map(([change, minutes]) => change + minutes * MINUTE);
    const property = fc.property(fc.constantFrom(...zones), week, instant, (zone, hoursOfWeek, now) => {
      const policy = tcpa({
        outside: 'previous',
        countries: [
          { place: 'XYZ', name: 'Nowhere', callingCode: '+999', zones: [zone], hours: hoursOfWeek, source: 'test' },
        ],
      });
      const wall = wallClock(zone);
      const isOpen = (at: number) => isWithinWeek(hoursOfWeek, wall(at));
      const actor = { address: '+9995550123' };
      const verdict = verdictOf(policy, viewOf(actor, now));
      if (isOpen(now)) return expectOpen(verdict);
      let next = now;
      while (!isOpen(next)) next += MINUTE;
      expect(verdict).toMatchObject({ kind: 'defer', until: next });
      let before = now;
      while (!isOpen(before)) before -= MINUTE;
      const { app, actor: profile } = viewOf(actor, now);
      const plan = policy.plan({ app, actor: profile, name: 'test', at: now, now: now - 14 * 24 * 60 * MINUTE });
      expect(plan).toEqual({ at: before });
    });
    fc.assert(property, { numRuns: Math.max(100, Math.floor(RUNS / 500)) });
  }, 120_000);
});

/** What a policy says by the clock. It takes its time only to count, which comes after: by then all is open. */
function verdictOf(policy: Tcpa, view: OutboundView): Verdict | undefined {
  const verdict = policy.checkOutbound?.(view);
  return verdict instanceof Promise ? undefined : (verdict ?? undefined);
}

function expectOpen(verdict: Verdict | undefined): void {
  if (verdict !== undefined) throw new Error(`${JSON.stringify(verdict)}, but the moment is allowed`);
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function isWithinWeek(
  {
    weekday,
    saturday,
    sunday,
  }: { readonly weekday: string; readonly saturday: string; readonly sunday: string | null },
  local: number,
): boolean {
  const day = new Date(local * MINUTE).getUTCDay();
  const hours = day === 0 ? sunday : day === 6 ? saturday : weekday;
  const time = local % 1440;
  const [from, until] = (hours ?? '00:00-00:00')
    .split('-')
    .map((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
  return time >= from! && time < until!;
}
