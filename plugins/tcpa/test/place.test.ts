import type { ActorProfile } from '@parley/core';
import { describe, expect, it } from 'vitest';
import { createClocks } from '../src/clocks.ts';
import { createGazetteer } from '../src/gazetteer.ts';
import { cluesOf, findWhereabouts } from '../src/place.ts';
import { numberIn } from './views.ts';

const clocks = createClocks();
const gazetteer = createGazetteer([{ place: 'DEU', callingCode: '+49', zones: ['Europe/Berlin'] }]);
const NOW = Date.parse('2026-11-24T18:00Z');

type Profile = Partial<Omit<ActorProfile, 'address'>>;

/** `postal-code CA America/Los_Angeles`. */
function whereabouts(number: string, profile: Profile = {}): string {
  const { by, homes } = findWhereabouts(cluesOf(number, profile as ActorProfile, undefined), gazetteer, clocks, NOW);
  return [by, ...homes.map(({ place, zones }) => `${place} ${zones.join('+')}`)].join(', ');
}

const NEW_YORK = numberIn('212');

describe('where a person is', () => {
  it('is told by the postal code before all, with the time zone to narrow it down', () => {
    const texan: Profile = { postalCode: '79901', region: 'CA' };
    expect(whereabouts(NEW_YORK, texan)).toBe('postal-code, TX America/Chicago+America/Denver');
    expect(whereabouts(NEW_YORK, { ...texan, timeZone: 'America/Denver' })).toBe('postal-code, TX America/Denver');
    expect(whereabouts(NEW_YORK, { postalCode: '94103-1234' })).toBe('postal-code, CA America/Los_Angeles');
    expect(whereabouts(NEW_YORK, { postalCode: '06390' })).toBe('postal-code, NY America/New_York');
    expect(whereabouts(NEW_YORK, { postalCode: '96799' })).toBe('postal-code, AS Pacific/Pago_Pago');
    expect(whereabouts(NEW_YORK, { postalCode: '96910' })).toBe('postal-code, GU Pacific/Guam, MP Pacific/Saipan');
    expect(whereabouts(NEW_YORK, { postalCode: 'k1a 0b1' })).toBe(
      'postal-code, CAN America/Toronto+America/Winnipeg+America/Atikokan',
    );
  });

  it('is not told by a postal code that says nothing, such as a military one, or one from elsewhere', () => {
    expect(whereabouts(NEW_YORK, { postalCode: '09001', region: 'CA' })).toBe('region, CA America/Los_Angeles');
    expect(whereabouts(NEW_YORK, { postalCode: 'nonsense' })).toBe('area-code, NY America/New_York');
    expect(whereabouts('+33123456789', { postalCode: '75001' })).toBe('country-code, FRA Europe/Paris');
  });

  it('is told by the region, however it is written', () => {
    for (const region of ['CA', 'ca', 'US-CA', 'California', ' california ']) {
      expect(whereabouts(NEW_YORK, { region })).toBe('region, CA America/Los_Angeles');
    }
    expect(whereabouts(NEW_YORK, { region: 'BC' })).toMatch(/^region, CAN America\/Vancouver/);
    expect(whereabouts(NEW_YORK, { region: 'CA-MB' })).toBe('region, CAN America/Winnipeg');
    expect(whereabouts(NEW_YORK, { region: 'Nova Scotia' })).toBe('region, CAN America/Halifax');
    expect(whereabouts(NEW_YORK, { region: 'Bavaria' })).toBe('area-code, NY America/New_York');
  });

  it('takes two letters of somebody with a foreign number for a state when the clock is one of it', () => {
    expect(whereabouts('+442071234567', { region: 'CA' })).toBe('country-code, GBR Europe/London');
    expect(whereabouts('+442071234567', { region: 'US-CA' })).toBe('region, CA America/Los_Angeles');
    expect(whereabouts('+442071234567', { region: 'CA', timeZone: 'America/Los_Angeles' })).toBe(
      'region, CA America/Los_Angeles',
    );
  });

  it('knows a zone by other names, and by its clock', () => {
    expect(whereabouts(NEW_YORK, { region: 'MI', timeZone: 'America/Detroit' })).toBe('region, MI America/Detroit');
    expect(whereabouts(NEW_YORK, { region: 'CA', timeZone: 'US/Pacific' })).toBe('region, CA US/Pacific');
  });

  it('has both clocks count for somebody whose time zone the place does not have', () => {
    expect(whereabouts(NEW_YORK, { region: 'CA', timeZone: 'America/New_York' })).toBe(
      'region, CA America/Los_Angeles+America/New_York',
    );
    expect(whereabouts(NEW_YORK, { region: 'CA', timeZone: 'Mars/Olympus' })).toBe('region, CA America/Los_Angeles');
  });

  it('is told by the time zone and the number together', () => {
    expect(whereabouts(numberIn('850'), { timeZone: 'America/Chicago' })).toBe('time-zone, FL America/Chicago');
    // A number of New York in Pacific time: any state there, and New York's law by both clocks.
    expect(whereabouts(NEW_YORK, { timeZone: 'America/Los_Angeles' })).toBe(
      [
        'time-zone',
        ...['CA', 'ID', 'NV', 'OR', 'WA'].map((state) => `${state} America/Los_Angeles`),
        'NY America/New_York+America/Los_Angeles',
      ].join(', '),
    );
    expect(whereabouts('+18005550123', { timeZone: 'Pacific/Guam' })).toBe(
      'time-zone, GU Pacific/Guam, MP Pacific/Guam',
    );
    expect(whereabouts('+18005550123', { timeZone: 'Asia/Tokyo' })).toMatch(
      /^time-zone, AK Asia\/Tokyo, AL Asia\/Tokyo/,
    );
  });

  it('is told by the area code, in all of its zones', () => {
    expect(whereabouts(numberIn('850'))).toBe('area-code, FL America/Chicago+America/New_York');
    expect(whereabouts(numberIn('671'))).toBe('area-code, GU Pacific/Guam');
    expect(whereabouts(numberIn('787'))).toBe('area-code, PR America/Puerto_Rico');
    expect(whereabouts(numberIn('416'))).toBe('area-code, CAN America/Toronto');
    expect(whereabouts(numberIn('807'))).toBe('area-code, CAN America/Toronto+America/Winnipeg+America/Atikokan');
  });

  it('is told by the country', () => {
    expect(whereabouts('+33123456789')).toBe('country-code, FRA Europe/Paris');
    expect(whereabouts('+33123456789', { timeZone: 'America/Martinique' })).toBe(
      'country-code, FRA Europe/Paris+America/Martinique',
    );
    expect(whereabouts('+4930123456')).toBe('country-code, DEU Europe/Berlin');
    expect(whereabouts('+390612345678')).toBe('country-code');
  });

  it('may be any state, when the number says nothing', () => {
    for (const number of ['+18005550123', '+12425550123', '72975']) {
      const [by, ...homes] = whereabouts(number).split(', ');
      expect(by).toBe('nothing');
      expect(homes).toHaveLength(53);
      expect(homes.filter((home) => /^(AS|GU|MP) /.test(home))).toEqual([]);
    }
  });
});
