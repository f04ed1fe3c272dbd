import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { playHosted } from '../support/hosted.ts';
import { forkTypescript } from './fork-typescript.ts';
import { story } from './story.ts';
import type { Told } from './storyteller.ts';

/** How often a process is killed at a moment of chance; set KILLS for a longer campaign. */
const KILLS = Number(process.env.KILLS ?? 10);
/** All happenings, the start being the first. */
const ALL = story.script.length + 1;

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-story-'));
  file = join(folder, 'story.json');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

it('a machine that is killed with -9 after every event ends as it would have', { timeout: 300_000 }, async () => {
  let next = storyteller();
  for (let count = 1; count <= ALL; count++) {
    const teller = await next;
    next = storyteller();
    teller.send(1);
    await once(teller, 'message');
    await kill(teller);
    expect(told()?.count).toBe(count);
  }
  await kill(await next);
  expectWholeStory();
});

it(`a machine that is killed with -9 ${KILLS} times in the middle ends as it would have`, {
  timeout: 300_000,
}, async () => {
  const moments: (number | undefined)[] = [];
  for (let kills = 0; kills < KILLS; kills++) {
    const teller = await storyteller(5);
    teller.send(ALL);
    await sleep(Math.random() * 20);
    await kill(teller);
    moments.push(told()?.count);
  }
  const last = await storyteller();
  last.send(ALL);
  await once(last, 'message');
  await kill(last);
  expectWholeStory(`after ${moments.join(', ')} happenings`);
});

function expectWholeStory(when?: string): void {
  const views = playHosted(story);
  const end = told();
  expect(end?.count, when).toBe(ALL);
  expect(end?.emitted, when).toEqual(JSON.parse(JSON.stringify(views.flatMap(({ emitted = [] }) => emitted))));
  expect(end?.saved.document, when).toMatchObject({ status: 'done', output: views.at(-1)?.output });
}

function told(): Told | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

async function storyteller(pause = 0): Promise<ChildProcess> {
  const child = forkTypescript('./storyteller.ts', file, String(pause));
  await once(child, 'message');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
