import type { Chrono } from 'chrono-node';
import * as de from 'chrono-node/de';
import * as en from 'chrono-node/en';
import * as es from 'chrono-node/es';
import * as fr from 'chrono-node/fr';
import * as it from 'chrono-node/it';
import * as nl from 'chrono-node/nl';
import * as pt from 'chrono-node/pt';
import type { Circumstances } from '../parser.ts';
import { languageOf, writingOf } from '../reading/region.ts';

/** How dates are read in one language, by whether days are written ahead of months. */
interface Reader {
  readonly dayFirst: Chrono;
  readonly monthFirst: Chrono;
}

/** Readers by language; whoever needs them makes them once, as their expressions take time to compile. */
export type Readers = Readonly<Record<string, Reader>>;

export function makeReaders(): Readers {
  const reader = ({ Chrono, createCasualConfiguration }: typeof es): Reader => ({
    dayFirst: new Chrono(createCasualConfiguration(true)),
    monthFirst: new Chrono(createCasualConfiguration(false)),
  });
  const configured = ({ Chrono, configuration }: typeof en | typeof it): Reader => ({
    dayFirst: new Chrono(configuration.createCasualConfiguration(true)),
    monthFirst: new Chrono(configuration.createCasualConfiguration(false)),
  });
  return {
    en: configured(en),
    es: reader(es),
    fr: reader(fr),
    de: reader(de),
    pt: reader(pt),
    nl: reader(nl),
    it: configured(it),
  };
}

/** A way to read a text: with the words of one language rewritten for the reader of that or another one. */
export interface Reading {
  readonly language: string;
  readonly chrono: Chrono;
}

/**
 * How a person's text is read, one way after the other: in their language; in it, by the reader of English, as chrono-node knows the
 * most of that; and in English.
 */
export function readingsFor(circumstances: Circumstances, readers: Readers): readonly Reading[] {
  const order = isMonthFirst(circumstances) ? 'monthFirst' : 'dayFirst';
  const own = languageOf(circumstances);
  const english = readers.en?.[order];
  const chrono = readers[own]?.[order];
  const readings = [
    { language: own, chrono },
    { language: own, chrono: english },
    { language: 'en', chrono: english },
  ];
  return readings
    .slice(own === 'en' ? 2 : 0)
    .flatMap((reading) => (reading.chrono === undefined ? [] : [{ ...reading, chrono: reading.chrono }]));
}

/** As the person's region has it in CLDR, which `Intl` knows. */
function isMonthFirst(circumstances: Circumstances): boolean {
  const format = new Intl.DateTimeFormat(writingOf(circumstances), {
    day: 'numeric',
    month: 'numeric',
    timeZone: 'UTC',
  });
  const parts = format.formatToParts(0).map(({ type }) => type);
  return parts.indexOf('month') < parts.indexOf('day');
}
