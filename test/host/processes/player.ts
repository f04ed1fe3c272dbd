// Takes one happening of every scenario of the corpus, and leaves its document to the next process.
import { readFileSync, writeFileSync } from 'node:fs';
import { type Encoded, encode } from '@parley/core/host';
import { HostedRun, type SavedRun } from '../support/hosted.ts';
import { loadCorpus } from '../support/load-corpus.ts';
import type { Scenario, View } from '../support/scenario.ts';

/** A scenario between two processes. What has failed is not saved. */
export interface Progress {
  readonly saved?: SavedRun;
  /** What could be seen after the latest happening. */
  readonly view: Encoded<View>;
}

const [, , file = '', place = ''] = process.argv;
const index = Number(place);
const before: Readonly<Record<string, Progress>> = index === 0 ? {} : JSON.parse(readFileSync(file, 'utf8'));
const after: Record<string, Progress> = {};
for (const [feature, corpus] of Object.entries(await loadCorpus())) {
  for (const [name, scenario] of Object.entries(corpus)) {
    const progress = play(scenario, before[`${feature}/${name}`]?.saved);
    if (progress !== undefined) after[`${feature}/${name}`] = progress;
  }
}
writeFileSync(file, JSON.stringify(after));

function play({ machine, input, script }: Scenario, saved: SavedRun | undefined): Progress | undefined {
  const happening = script[index - 1];
  if (index > 0 && (happening === undefined || saved === undefined)) return undefined;
  const run = new HostedRun(machine, { isTwice: false }, saved);
  const view = happening === undefined ? run.start(input) : run.take(happening);
  return { ...(view.status === 'error' ? {} : { saved: run.save() }), view: encode(view) };
}
