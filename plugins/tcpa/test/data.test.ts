import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IANAZone } from 'luxon';
import { describe, expect, it } from 'vitest';
import { US_AREA_CODES } from '../src/data/area-codes.ts';
import { PROVINCES } from '../src/data/canada.ts';
import { STATE_ZONES } from '../src/data/states-zones.ts';
import { ZIP_EXCEPTIONS, ZIP_PREFIXES } from '../src/data/zip-codes.ts';
import { createHolidayCalendar, isHolidayRule } from '../src/holidays.ts';
import { parseHours } from '../src/hours.ts';
import { RULES, type Rule } from '../src/index.ts';
import { hoursInWords, textsInWords } from '../src/rules-in-words.ts';

const states = RULES.filter(({ place }) => place.length === 2);

describe('the rules', () => {
  it('cover 50 states, the capital and five territories, once each', () => {
    expect(states.map(({ place }) => place)).toEqual(Object.keys(STATE_ZONES).sort());
    expect(states).toHaveLength(56);
    expect(new Set(RULES.map(({ place }) => place)).size).toBe(RULES.length);
  });

  it.each(RULES.map((rule) => [rule.place, rule] as const))(
    'have hours, categories, a source and a confidence: %s',
    (_, rule) => {
      const hours = [rule, ...(rule.strict === undefined ? [] : [rule.strict])].flatMap((each) =>
        Object.values(each.hours),
      );
      for (const text of hours) if (text !== null) expect(parseHours(text)).toBeDefined();
      expect(rule.covers).toEqual(['marketing', 'informational']);
      for (const source of [rule.source, ...rule.further]) expect(new URL(source).protocol).toMatch(/^https?:$/);
      expect(['high', 'medium', 'low']).toContain(rule.confidence);
      expect(rule.notes.length).toBeGreaterThan(10);
      for (const { rule: day } of rule.holidays ?? []) expect(isHolidayRule(day)).toBe(true);
    },
  );

  it('have every listed holiday on some day of a year with elections', () => {
    for (const { place, holidays = [] } of states) {
      for (const holiday of holidays) {
        const calendar = createHolidayCalendar({ place, official: false, listed: [holiday] });
        const days = Array.from({ length: 366 }, (_, day) =>
          new Date(Date.UTC(2028, 0, 1 + day)).toISOString().slice(0, 10),
        );
        const found = days.filter((day) => calendar.on(day) !== undefined);
        expect(found.length, `${place}: ${holiday.name}`).toBeGreaterThanOrEqual(1);
      }
    }
  });

  it('have hours within the federal ones', () => {
    for (const { place, hours } of states) {
      for (const text of Object.values(hours)) {
        const slot = text === null ? undefined : parseHours(text);
        if (slot === undefined) continue;
        expect(slot.from, place).toBeGreaterThanOrEqual(8 * 60);
        expect(slot.until, place).toBeLessThanOrEqual(21 * 60);
      }
    }
  });
});

describe('the places', () => {
  it('have zones that exist, and area codes of one place each', () => {
    const zones = [
      ...Object.values(STATE_ZONES).flat(),
      ...US_AREA_CODES.flatMap((each) => each.zones),
      ...PROVINCES.flatMap((each) => [...each.zones, ...(each.narrower?.zones ?? [])]),
    ];
    for (const zone of zones) expect(IANAZone.isValidZone(zone), zone).toBe(true);
    const codes = US_AREA_CODES.flatMap((each) => each.codes.split(' '));
    expect(codes).toHaveLength(369);
    const canadian = new Set(PROVINCES.flatMap((each) => each.areaCodes.split(' ')));
    const all = [...codes, ...canadian];
    expect(new Set(all).size).toBe(all.length);
    for (const code of all) expect(code).toMatch(/^[2-9]\d\d$/);
    for (const { place } of US_AREA_CODES) expect(STATE_ZONES).toHaveProperty(place);
  });

  it('have ZIP codes of states, in ranges that do not overlap, of every state', () => {
    let before = '000';
    for (const [first, last] of ZIP_PREFIXES) {
      expect(first > before && last >= first, first).toBe(true);
      before = last;
    }
    const named = [...ZIP_PREFIXES.flatMap(([, , places]) => places.split(' ')), ...Object.values(ZIP_EXCEPTIONS)];
    expect([...new Set(named)].sort()).toEqual(Object.keys(STATE_ZONES).sort());
  });
});

describe('the README', () => {
  it('has the table of the rules as they are (UPDATE=1 writes it)', () => {
    const file = join(import.meta.dirname, '../README.md');
    const page = readFileSync(file, 'utf8');
    const [, before, , after] = /^([\s\S]*<!-- rules -->\n)([\s\S]*)(<!-- end -->[\s\S]*)$/.exec(page)!;
    const updated = `${before}\n${tableOf(RULES)}\n\n${after}`;
    if (process.env.UPDATE === '1') writeFileSync(file, updated);
    else expect(page).toBe(updated);
  });
});

function tableOf(rules: readonly Rule[]): string {
  const rows = rules.map((rule) => [
    rule.place,
    rule.name,
    hoursInWords(rule),
    daysInWords(rule),
    rule.frequencyCap === undefined ? '' : `${rule.frequencyCap.max} in ${rule.frequencyCap.perHours} h`,
    rule.strict === undefined ? '' : hoursInWords(rule.strict),
    textsInWords(rule),
    `[${rule.confidence}](${rule.source})`,
  ]);
  const head = ['', 'place', 'hours', 'days without', 'cap', 'profile `strict`', 'texts', 'confidence, source'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function daysInWords({ holidays, emergencyBan, from }: Rule): string {
  const listed = holidays?.length ?? 0;
  return [
    ...(holidays === undefined ? [] : [listed === 0 ? 'holidays' : `holidays, ${listed} listed`]),
    ...(emergencyBan === true ? ['emergencies'] : []),
    ...(from === undefined ? [] : [`since ${from}`]),
  ].join(', ');
}
