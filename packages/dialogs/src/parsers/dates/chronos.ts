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

/** The languages in which a person's text is read, one after the other: their own, and English. */
export function readersFor(
  circumstances: Circumstances,
  readers: Readers,
): readonly { readonly language: string; readonly chrono: Chrono }[] {
  const order = isMonthFirst(circumstances) ? 'monthFirst' : 'dayFirst';
  const languages = [...new Set([languageOf(circumstances), 'en'])];
  return languages.flatMap((language) => {
    const chrono = readers[language]?.[order];
    return chrono === undefined ? [] : [{ language, chrono }];
  });
}

/** As the person's region has it in CLDR, which `Intl` knows. */
function isMonthFirst(circumstances: Circumstances): boolean {
  const format = new Intl.DateTimeFormat(writingOf(circumstances), { day: 'numeric', month: 'numeric', timeZone: 'UTC' });
  const parts = format.formatToParts(0).map(({ type }) => type);
  return parts.indexOf('month') < parts.indexOf('day');
}
