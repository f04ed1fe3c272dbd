import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bot, defineApp, defineOrganization } from '@parley/core';
import { duplicateLimit } from '@parley/plugin-duplicate-limit';
import { memoryStorage } from '@parley/plugin-keyv';
import { type SimulatedActor, SimulatedCarrier, type Simulation, simulate } from '@parley/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pizza } from './order.ts';
import { pizzaByHand } from './order-by-hand.ts';

const size = expect.stringMatching(/Which size\?\n1 small, \$9\n2 large, \$14$/);
const toppings = expect.stringMatching(/Which toppings.*\n1 ham\n2 mushrooms\n3 olives\n4 onions$/);
const address = expect.stringMatching(/Where shall we bring it\?$/);
const asksForAll = 'Is that right? Reply YES, or what to change: size, toppings or address.';

/** The pizza shop with one of the bots. */
function shopWith(bot: Bot) {
  return defineOrganization({
    name: 'Shop',
    apps: [
      defineApp({ id: 'pizza', number: '+14155550142', mode: 'published', pace: { perSecond: 100 }, bots: [bot] }),
    ],
    transports: { carrier: new SimulatedCarrier() },
    storage: memoryStorage(),
    // What is said twice has to be said in other words.
    plugins: [duplicateLimit()],
  });
}

describe.each([
  ['with dialogs', pizza],
  ['with XState alone', pizzaByHand],
])('a pizza order %s', (_, bot) => {
  let shop: Simulation;
  let ann: SimulatedActor;

  beforeEach(async () => {
    shop = await simulate(shopWith(bot));
    ann = shop.actor('+14155550123');
  });
  afterEach(() => shop.close());

  async function says(...texts: readonly string[]): Promise<readonly string[]> {
    let answers: readonly string[] = [];
    for (const text of texts) answers = await ann.text(text);
    return answers;
  }

  const ordered = async () => (await ann.activity()).find(({ kind }) => kind === 'track')?.data;

  it('asks for size, toppings and address, and takes the order when it is right', async () => {
    expect(await says('hi')).toEqual(["Welcome to Luigi's! Which size?\n1 small, $9\n2 large, $14"]);
    expect(await says('a large one')).toEqual([toppings]);
    expect(await says('ham and olives')).toEqual([address]);
    expect(await says('5 Main Street')).toEqual([
      `A large pizza with ham, olives to 5 Main Street, $16.\n${asksForAll}`,
    ]);
    expect(await says('yes')).toEqual(['It is in the oven and with you in 40 minutes: $16 at the door.']);
    expect(await ordered()).toEqual({ size: 'large', toppings: ['ham', 'olives'], address: '5 Main Street' });
    expect(await ann.state()).toBeUndefined();
  });

  it('brings the next pizza to the same address', async () => {
    await says('hi', '1', 'none', '5 Main Street', 'yes');
    await shop.advance({ days: 3 });
    expect(await says('hi', '2', 'all')).toEqual([
      `A large pizza with ham, mushrooms, olives, onions to 5 Main Street, $18.\n${asksForAll}`,
    ]);
  });

  it('changes what is named, and asks what after a no', async () => {
    expect(await says('hi', '1', '2', '5 Main Street', 'no, the size')).toEqual([
      'All right. Which size?\n1 small, $9\n2 large, $14',
    ]);
    expect(await says('large')).toEqual([`A large pizza with mushrooms to 5 Main Street, $15.\n${asksForAll}`]);
    expect(await says('no')).toEqual(['What shall I change?\n1 size\n2 toppings\n3 address']);
    expect(await says('3')).toEqual([address]);
    expect(await says('7 Oak Lane')).toEqual([`A large pizza with mushrooms to 7 Oak Lane, $15.\n${asksForAll}`]);
    expect(await says('toppings', 'none')).toEqual([
      `A large pizza with no toppings to 7 Oak Lane, $14.\n${asksForAll}`,
    ]);
    await says('yep');
    expect(await ordered()).toEqual({ size: 'large', toppings: [], address: '7 Oak Lane' });
  });

  it('asks again in other words, and gives up after three times', async () => {
    expect(await says('hi', 'medium')).toEqual([expect.stringMatching(/^We have two sizes\..*Which size/)]);
    expect(await says('huge')).toEqual([expect.stringMatching(/^Please answer with 1 or 2\..*Which size/)]);
    expect(await says('gigantic')).toEqual(['I am sorry, I do not get it. Please call us at 415-555-0142.']);
    expect(await ann.state()).toBeUndefined();
  });

  it('goes back', async () => {
    expect(await says('hi', '1', 'back')).toEqual([size]);
    expect(await says('2')).toEqual([toppings]);
    expect(await says('1', '5 Main Street', 'size', 'back')).toEqual([
      // The same review again within half an hour.
      `Once more: A large pizza with ham to 5 Main Street, $15.\n${asksForAll}`,
    ]);
  });

  it('lets people leave', async () => {
    expect(await says('hi', '1', 'Never mind.')).toEqual(['No pizza then. Text me whenever you are hungry!']);
    expect(await ann.state()).toBeUndefined();
  });

  it('reminds, then leaves it', async () => {
    await says('hi', '1');
    await shop.advance({ minutes: 10 });
    expect(ann.lastText).toBe('Still hungry? Just answer when you are ready.');
    expect(await says('ham')).toEqual([address]);
    await shop.advance({ hours: 2 });
    expect(ann.lastText).toBe('I will leave it at that. Text me whenever you are hungry!');
    expect(await ann.state()).toBeUndefined();
  });

  it('goes nowhere when nothing arrives', async () => {
    ann.carrier({ kind: 'lose', code: '30003' });
    await says('hi');
    expect(await ann.state()).toBeUndefined();
  });

  it('takes orders of several people at once', async () => {
    const bob = shop.actor('+14155550188');
    await Promise.all([
      says('hi', '1', 'ham'),
      (async () => {
        for (const text of ['hi', '2']) await bob.text(text);
      })(),
    ]);
    expect(ann.lastText).toMatch(/Where shall we bring it/);
    expect(bob.lastText).toMatch(/Which toppings/);
  });
});

it.each(['order.ts', 'order-by-hand.ts'])('is shown in the README as it is in %s', (name) => {
  const read = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8');
  expect(read('README.md')).toContain(`\`\`\`ts ignore\n${read(name)}\`\`\``);
});

it('goes as the README says', async () => {
  const shop = await simulate(shopWith(pizza));
  const ann = shop.actor('+14155550123');
  const [, transcript = ''] =
    /```text\n([^`]*)```/.exec(readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')) ?? [];
  for (const exchange of transcript.split(/^> /m).slice(1)) {
    const [said = '', ...answer] = exchange.trimEnd().split('\n');
    const [shown = ''] = answer.join('\n').split('\n…');
    expect((await ann.text(said)).join('\n').slice(0, shown.length)).toBe(shown);
  }
  expect(await ann.state()).toBeUndefined();
  await shop.close();
});
