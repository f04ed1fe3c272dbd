import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { values } from '../corpus/values.ts';
import type { Corpus, Scenario } from './scenario.ts';

const folder = join(import.meta.dirname, '../corpus');

/** Every scenario by its feature and by what it shows: the names of its folder and its file. */
export async function loadCorpus(): Promise<Readonly<Record<string, Corpus>>> {
  const corpora: Record<string, Corpus> = {};
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) corpora[entry.name] = await loadFeature(join(folder, entry.name));
  }
  return { ...corpora, values };
}

async function loadFeature(path: string): Promise<Corpus> {
  const corpus: Record<string, Scenario> = {};
  for (const file of readdirSync(path).sort()) {
    const { default: scenario } = (await import(pathToFileURL(join(path, file)).href)) as { default: Scenario };
    corpus[file.replace(/\.ts$/, '').replaceAll('-', ' ')] = scenario;
  }
  return corpus;
}
