import { type Address, personOf } from '@parley/core';
import type { Chains } from './chain.ts';
import { csvRecord } from './csv-writer.ts';
import { recordedIn } from './ledger.ts';
import { type OpenLink, PARTS } from './link.ts';
import { COLUMNS, rowOf } from './rows.ts';

export const FORMATS = ['csv', 'json'] as const;

export type Format = (typeof FORMATS)[number];

/** What is asked for; without a person, of everybody. */
export interface ExportQuery {
  readonly format: Format;
  readonly person?: Address | undefined;
}

/** All entries, or those of one person, as text in pieces; each person's in the order of recording. */
export async function* exported(chains: Chains, { format, person }: ExportQuery): AsyncGenerator<string> {
  const all = linksOf(chains, person);
  yield* format === 'csv' ? asCsv(all) : asJson(all);
}

async function* linksOf(chains: Chains, person: Address | undefined): AsyncGenerator<readonly OpenLink[]> {
  if (person !== undefined) {
    yield await chains.all(personOf(person), await chains.head(person));
    return;
  }
  for await (const [one, head] of chains.people()) yield await chains.all(one, head);
}

async function* asCsv(all: AsyncIterable<readonly OpenLink[]>): AsyncGenerator<string> {
  yield csvRecord(COLUMNS);
  for await (const links of all) {
    const text = recordedIn(links)
      .map((entry) => csvRecord(rowOf(entry)))
      .join('');
    if (text !== '') yield text;
  }
}

/** A list of links; in `link` are the very characters that the hash is made of, so that anybody can check a chain. */
async function* asJson(all: AsyncIterable<readonly OpenLink[]>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const links of all) {
    for (const open of links) {
      yield before + JSON.stringify(whole(open));
      before = ',\n';
    }
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

function whole(open: OpenLink): object {
  const { link, stored, hash } = open;
  const parts = PARTS.flatMap((part) => (stored[part] === undefined ? [] : [[part, stored[part]]]));
  const [entry] = recordedIn([open]);
  return {
    ...(entry ?? { ...link, hash }),
    previous: link.previous,
    link: stored.link,
    sealed: Object.fromEntries(parts) as object,
  };
}
