import type { Storage } from '@parley/core';
import { afterEach, describe, expect, it } from 'vitest';
import { createChanges } from '../src/changes.ts';
import type { OptOutOptions } from '../src/index.ts';
import { createOperator } from '../src/operator.ts';
import { createRecords } from '../src/records.ts';
import { createReviews } from '../src/reviews.ts';
import { ANN, QUESTION, STOPPED, start, type World } from './support.ts';

const UNSURE = 'stop by the office at 5';

let world: World;
const begin = async (options: OptOutOptions = {}) => {
  world = await start(options);
  return world.simulation;
};
afterEach(() => world.simulation.close());

/** What an operator may do, on the data of the simulation. */
function operator() {
  const { apps, storage } = world.simulation.organization;
  const keyv = storage.keyv('plugin:opt-out');
  const [records, reviews] = [createRecords({ keyv }), createReviews({ keyv })];
  const changes = createChanges({ apps, records, reviews, ledger: undefined, newId: () => 'id' });
  return createOperator({ apps, records, reviews, changes, clock: world.simulation.clock });
}

describe('a text that may be an opt-out', () => {
  it('goes on to the bot; what nobody has asked for waits, and what answers the person goes', async () => {
    const simulation = await begin();
    const ann = simulation.actor(ANN);
    expect(await ann.text(UNSURE)).toEqual([QUESTION, `You said ${UNSURE}`]);
    const news = await world.notify('news');
    expect(news).toMatchObject({ status: 'pending' });
    expect(news.history.at(-1)?.verdicts).toMatchObject([
      { policy: 'opt-out', kind: 'defer', code: 'error.platform.opt-out.unsure' },
    ]);
    // What a bot says by itself, hours later, has not been asked for.
    await simulation.advance({ hours: 3 });
    expect(ann.lastText).toBe(`You said ${UNSURE}`);
  });

  it('holds for all apps', async () => {
    const simulation = await begin();
    await simulation.actor(ANN).text(UNSURE);
    expect(await world.notify('sale', { app: 'shop' })).toMatchObject({ status: 'pending' });
  });

  it('is decided by the person who goes on talking', async () => {
    const simulation = await begin();
    const ann = simulation.actor(ANN);
    await ann.text(UNSURE);
    const news = await world.notify('news');
    // Too soon to be an answer to the question.
    await simulation.advance({ seconds: 5 });
    await ann.text('I mean it');
    expect(await world.notify('more news')).toMatchObject({ status: 'pending' });
    await simulation.advance({ minutes: 1 });
    await ann.text('so see you then');
    await simulation.advance({ hours: 2 });
    expect(await world.record(news.id)).toMatchObject({ status: 'delivered' });
  });

  it('is decided by the person who says STOP', async () => {
    const simulation = await begin();
    const ann = simulation.actor(ANN);
    await ann.text(UNSURE);
    const news = await world.notify('news');
    expect(await ann.text('STOP')).toEqual([STOPPED]);
    expect(await world.record(news.id)).toMatchObject({ status: 'failed' });
    expect(await operator().reviews()).toEqual([]);
  });

  it('is asked about once a day', async () => {
    const simulation = await begin();
    const ann = simulation.actor(ANN);
    expect(await ann.text('wrong number')).toHaveLength(2);
    expect(await ann.text('who gave you my number')).toHaveLength(1);
    await simulation.advance({ hours: 25 });
    expect(await ann.text('wrong number')).toContain(QUESTION);
    expect(await operator().reviews()).toMatchObject([
      { person: ANN, app: 'clinic', texts: [{ text: 'wrong number' }, { text: 'who gave you my number' }, {}] },
    ]);
  });

  it('is asked about once when its webhook comes twice', async () => {
    await begin();
    for (let time = 0; time < 2; time++) await world.receive({ text: UNSURE, providerId: 'SM1' });
    const received = world.simulation.actor(ANN).received.map(({ text }) => text);
    expect(received.filter((text) => text === QUESTION)).toHaveLength(1);
    expect((await operator().reviews())[0]?.texts).toHaveLength(1);
  });

  it('is decided by an operator, either way', async () => {
    const simulation = await begin({ ask: false });
    const ann = simulation.actor(ANN);
    expect(await ann.text(UNSURE)).toEqual([`You said ${UNSURE}`]);
    const news = await world.notify('news');
    await operator().optIn(ANN);
    await simulation.advance({ hours: 2 });
    expect(await world.record(news.id)).toMatchObject({ status: 'delivered' });
    await ann.text(UNSURE);
    const more = await world.notify('more news');
    await operator().optOut(ANN);
    await simulation.advance({ hours: 2 });
    expect(await world.record(more.id)).toMatchObject({ error: { code: 'error.platform.opt-out.opted-out' } });
    expect(await operator().reviews()).toEqual([]);
  });

  it('waits for ever when nobody decides and the person says nothing', async () => {
    const simulation = await begin();
    await simulation.actor(ANN).text(UNSURE);
    await simulation.advance({ days: 30 });
    expect(await world.notify('news')).toMatchObject({ status: 'pending' });
  });

  it('opts out at once where that is wanted, and is looked at all the same', async () => {
    const simulation = await begin({ unsure: 'opt-out' });
    expect(await simulation.actor(ANN).text(UNSURE)).toEqual([STOPPED]);
    expect(await world.notify('news')).toMatchObject({ status: 'failed' });
    expect(await operator().reviews()).toHaveLength(1);
    // It is the person's word against the rules of matching: an operator says what they meant.
    await operator().optIn(ANN, { because: 'called: meant the office' });
    expect(await world.notify('news')).toMatchObject({ status: 'delivered' });
    expect(await operator().reviews()).toEqual([]);
  });

  it('holds nothing back where that is wanted', async () => {
    const simulation = await begin({ unsure: 'review', ask: false });
    await simulation.actor(ANN).text(UNSURE);
    expect(await world.notify('news')).toMatchObject({ status: 'delivered' });
    expect(await operator().reviews()).toHaveLength(1);
  });

  it('says nothing new of somebody who has opted out', async () => {
    const simulation = await begin();
    await simulation.actor(ANN).text('STOP');
    expect(await simulation.actor(ANN).text('wrong number')).toEqual([]);
    expect(await operator().reviews()).toEqual([]);
  });
});

describe('a person who is erased', () => {
  it('stays opted out, of which no more is kept than since when', async () => {
    const simulation = await begin();
    await simulation.actor(ANN).text('stop texting me, this is Ann');
    await simulation.engine.eraseActor(simulation.actor(ANN).number);
    expect(await world.notify('news')).toMatchObject({ error: { code: 'error.platform.opt-out.opted-out' } });
    expect(JSON.stringify(await everything(simulation.organization.storage))).not.toContain('this is Ann');
  });

  it('leaves nothing behind when they had opted in again', async () => {
    const simulation = await begin();
    const ann = simulation.actor(ANN);
    for (const text of ['STOP', 'START', 'hello']) await ann.text(text);
    for (const app of ['shop', 'chat']) await operator().optIn(ANN, { app, because: 'said so' });
    await simulation.engine.eraseActor(ann.number);
    expect(await everything(simulation.organization.storage)).toEqual([]);
    expect(await world.notify('news')).toMatchObject({ status: 'delivered' });
  });

  it('is opted out when nobody had decided what they meant', async () => {
    const simulation = await begin();
    await simulation.actor(ANN).text(UNSURE);
    await simulation.engine.eraseActor(simulation.actor(ANN).number);
    expect(await world.notify('news')).toMatchObject({ error: { code: 'error.platform.opt-out.opted-out' } });
    expect(await operator().reviews()).toEqual([]);
  });
});

async function everything(storage: Storage): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  const keyv = storage.keyv('plugin:opt-out');
  for await (const entry of keyv.iterator?.(undefined) ?? []) found.push(entry);
  return found;
}
