// Tells the story from where the file says that it is, as many happenings as it is asked for. Each is on disk, with all that
// was emitted, before the next begins.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { HostedRun, type SavedRun } from '../support/hosted.ts';
import { story } from './story.ts';

/** How far the story has come. */
export interface Told {
  readonly saved: SavedRun;
  /** Happenings taken, the start being the first. */
  readonly count: number;
  readonly emitted: readonly unknown[];
}

const [, , file = '', pause = '0'] = process.argv;

process.on('message', async (happenings: number) => {
  for (let taken = 0; taken < happenings; taken++) {
    keep(next(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined));
    // Time in which to die.
    if (pause !== '0') await sleep(Number(pause));
  }
  process.send?.('told');
});
process.send?.('ready');

function next(told: Told | undefined): Told {
  const run = new HostedRun(story.machine, {}, told?.saved);
  const count = told?.count ?? 0;
  const happening = story.script[count - 1];
  if (count > story.script.length) return told as Told;
  const { emitted = [] } = happening === undefined ? run.start(undefined) : run.take(happening);
  return { saved: run.save(), count: count + 1, emitted: [...(told?.emitted ?? []), ...emitted] };
}

function keep(told: Told): void {
  writeFileSync(`${file}.new`, JSON.stringify(told));
  renameSync(`${file}.new`, file);
}
