import './matchers.ts';
import {
  anyText,
  defineApp,
  defineBot,
  defineOrganization,
  handoff,
  keyword,
  remember,
  say,
  setupBot,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explore, type SimulatedActor, SimulatedCarrier, type Simulation, simulate } from './index.ts';

const machine = setupBot({}).createMachine({
  id: 'order',
  initial: 'ordering',
  states: {
    ordering: {
      initial: 'size',
      states: {
        size: {
          entry: say('LARGE or SMALL?'),
          on: {
            'message.received': [
              { guard: ({ event }) => /^(large|small)$/i.test(event.text), target: 'name' },
              { actions: say('Pardon?') },
            ],
          },
        },
        name: {
          entry: say('Your name?'),
          on: {
            'message.received': {
              target: '#order.over',
              actions: [
                remember(({ event }) => ({ firstName: event.text, attributes: { size: 'large' } })),
                say('Done!'),
              ],
            },
          },
        },
      },
    },
    over: { type: 'final' },
    never: {},
  },
});
const desk = setupBot({}).createMachine({ entry: [say('One moment.'), handoff('desk')] });

const organization = defineOrganization({
  name: 'Test',
  apps: [
    defineApp({
      id: 'shop',
      number: '+14155550100',
      bots: [
        defineBot({ id: 'order', machine, triggers: [anyText()] }),
        defineBot({ id: 'desk', machine: desk, triggers: [keyword('DESK')] }),
      ],
    }),
  ],
  transports: { sms: new SimulatedCarrier() },
  storage: memoryStorage(),
});

let sim: Simulation;
let ann: SimulatedActor;
beforeEach(async () => {
  sim = await simulate(organization);
  ann = sim.actor('+14155550123');
});
afterEach(() => sim.close());

/** What a matcher says when it fails. */
async function complaint(attempt: () => unknown): Promise<string> {
  try {
    await attempt();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It did not fail.');
}

describe('what somebody was told', () => {
  it('is any text that the phone got, the newest, or nothing', async () => {
    expect(ann).toHaveBeenToldNothing();
    await ann.text('hi');
    await ann.text('medium');
    expect(ann).toHaveBeenTold('LARGE or SMALL?');
    expect(ann).toHaveBeenTold(/small/gi);
    expect(ann).toHaveBeenToldLast('Pardon?');
    expect(ann).not.toHaveBeenTold('Done!');
    expect(ann).not.toHaveBeenToldLast(/large/i);
    expect(ann).not.toHaveBeenToldNothing();
  });

  it('is shown with what was said', async () => {
    expect(await complaint(() => expect(ann).toHaveBeenTold('Done!'))).toBe(
      'expected +14155550123 to have been told “Done!”\n\nNothing was said.',
    );
    await ann.text('hi');
    expect(
      await complaint(() => expect(ann).toHaveBeenToldLast(/done/i)),
    ).toBe(`expected +14155550123 to have been told /done/i last

What was said:
  Monday 5 January 2026
  17:00:00  +14155550123: hi
  17:00:00  shop: LARGE or SMALL?`);
    expect(await complaint(() => expect(ann).not.toHaveBeenTold('LARGE or SMALL?'))).toMatch(
      /^expected \+14155550123 not to have been told “LARGE or SMALL\?”/,
    );
    expect(await complaint(() => expect(ann).toHaveBeenToldNothing())).toContain('to have been told nothing');
  });

  it('is shown by its end when it was long', async () => {
    await ann.text('hi');
    for (let count = 0; count < 10; count++) await ann.text(`no ${count}`);
    const message = await complaint(() => expect(ann).toHaveBeenTold('Done!'));
    expect(message).toContain('What was said:\n  …\n');
    expect(message).toContain('no 9\n');
    expect(message).not.toContain('no 1\n');
  });
});

describe('where a bot is', () => {
  it('is a state, those around it, or as XState writes it', async () => {
    await ann.text('hi');
    await expect(ann).toBeInState('ordering');
    await expect(ann).toBeInState('ordering.size');
    await expect(ann).toBeInState({ ordering: 'size' });
    await expect(ann).not.toBeInState('size');
    await expect(ann).not.toHaveEnded();
    await ann.text('large');
    await expect(ann).toBeInState('ordering.name');
    await ann.text('Ann');
    await expect(ann).toHaveEnded();
    await expect(ann).not.toBeInState('ordering');
  });

  it('is shown with what was said', async () => {
    expect(await complaint(() => expect(ann).toBeInState('ordering'))).toBe(
      'expected +14155550123 to be in ordering\n\nNo journey is running.\n\nNothing was said.',
    );
    await ann.text('hi');
    const message = await complaint(() => expect(ann).toBeInState({ ordering: 'name' }));
    expect(message).toMatch(
      /^expected \+14155550123 to be in ordering\.name\n\nThe bot is in ordering\.size\.\n\nWhat was said:/,
    );
    expect(await complaint(() => expect(ann).toHaveEnded())).toMatch(
      /^expected the journey of \+14155550123 to have ended\n\nThe bot is in ordering\.size\./,
    );
  });
});

describe('a conversation', () => {
  it('is with people, perhaps with some of them', async () => {
    expect(await complaint(() => expect(ann).toBeHandedOver())).toMatch(
      /^expected \+14155550123 to be handed over\n\nThe bot has the conversation\./,
    );
    await ann.text('DESK');
    await expect(ann).toBeHandedOver();
    await expect(ann).toBeHandedOver('desk');
    expect(await complaint(() => expect(ann).toBeHandedOver('sales'))).toMatch(
      /^expected \+14155550123 to be handed over to sales\n\nIt was handed over to desk\./,
    );
  });

  it('is with somebody of whom something is known', async () => {
    await expect(ann).not.toBeKnownAs({ firstName: 'Ann' });
    for (const text of ['hi', 'large', 'Ann']) await ann.text(text);
    await expect(ann).toBeKnownAs({ firstName: 'Ann' });
    await expect(ann).toBeKnownAs({ attributes: { size: 'large' } });
    expect(await complaint(() => expect(ann).toBeKnownAs({ firstName: 'Bo' }))).toMatch(
      /^expected \+14155550123 to be known as \{"firstName":"Bo"\}\n\nKnown is \{.*"firstName":"Ann"/,
    );
  });
});

describe('an exploration', () => {
  const [bot] = organization.apps[0]!.bots;
  const exploration = explore(bot!);

  it('has findings, but for rules that are excepted', async () => {
    expect(exploration).not.toHaveNoFindings();
    expect(exploration).toHaveNoFindings({ except: ['no-timeout', 'unreachable'] });
    const message = await complaint(() => expect(exploration).toHaveNoFindings({ except: ['no-timeout'] }));
    expect(message).toBe(
      'expected the bot order to have no findings except no-timeout\n\norder.never: No transition leads to this state. Lead to it, or take it out. [unreachable]',
    );
    expect(await complaint(() => expect(exploration).toHaveNoFindings())).toContain('[no-timeout]\n  after “Hello”');
  });

  it('reaches states', async () => {
    expect(exploration).toReach('order.over');
    expect(exploration).toReach('name');
    expect(exploration).not.toReach('never');
    expect(await complaint(() => expect(exploration).toReach('never'))).toBe(
      'expected the walk through order to reach never\n\nIt reached:\n  order.ordering\n  order.ordering.size\n  order.ordering.name\n  order.over',
    );
    expect(await complaint(() => expect(exploration).toReach('nowhere'))).toContain('nowhere, which it does not have');
    expect(await complaint(() => expect(exploration).not.toReach('over'))).toContain('The way there: “Hello”, “large”');
  });

  it('says texts', async () => {
    expect(exploration).toSay('Done!');
    expect(exploration).toSay(/^Your/);
    expect(await complaint(() => expect(exploration).toSay('Bye!'))).toBe(
      'expected the bot order to say “Bye!” on some way\n\nWhat it said:\n  LARGE or SMALL?\n  Your name?\n  Pardon?\n  Done!',
    );
    expect(await complaint(() => expect(exploration).not.toSay('Pardon?'))).toContain(
      'The way there: “Hello”, something',
    );
  });
});

describe('matchers', () => {
  it('say what belongs into expect', async () => {
    expect(await complaint(() => expect('Ann').toHaveBeenTold('Hello!'))).toBe(
      'toHaveBeenTold is for somebody in a simulation, as sim.actor(number) gives them: expect(…).toHaveBeenTold',
    );
    expect(await complaint(() => expect(ann).toHaveNoFindings())).toContain('is for what explore gives');
  });

  it('have types', () => {
    // @ts-expect-error a text or an expression
    expect(() => expect(ann).toHaveBeenTold(1)).toThrow();
    // @ts-expect-error no such rule
    void { except: ['no-such-rule'] } satisfies Parameters<ReturnType<typeof expect>['toHaveNoFindings']>[0];
    const awaited: Promise<unknown> = expect(ann).not.toBeInState('ordering');
    return awaited;
  });
});
