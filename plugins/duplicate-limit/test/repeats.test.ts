import { type Bot, defineApp, defineBot, type LintWarning, say, setupBot } from '@parley/core';
import { describe, expect, it } from 'vitest';
import { type DuplicateLimitOptions, duplicateLimit } from '../src/index.ts';

type Config = Parameters<ReturnType<typeof setupBot>['createMachine']>[0];

const ASK = 'Which day?';

const HEARD = 'message.received';
const HOUR = 3_600_000;

const bot = (machine: Bot['machine']): Bot => defineBot({ id: 'asks', machine });

function lint(machine: Bot['machine'], options?: DuplicateLimitOptions): readonly LintWarning[] {
  const app = defineApp({ id: 'app', number: '+14155550100', bots: [bot(machine)] });
  return duplicateLimit(options).lint?.({ ...app, transport: 'sms' }) ?? [];
}

/** The states in which a text can repeat. */
function statesIn(config: Config, options?: DuplicateLimitOptions): readonly (string | undefined)[] {
  const machine = setupBot({ actions: { ask: say(ASK) } }).createMachine({ id: 'm', ...config } as never) as never;
  return lint(machine, options).map(({ state }) => state);
}

/** A machine with these states, that begins with the first. */
const machineOf = (states: NonNullable<Config['states']>): Config => ({
  initial: Object.keys(states)[0] as never,
  states,
});

describe('a text that can repeat is warned of', () => {
  it('with the bot, the state, and what to do', () => {
    const machine = setupBot({}).createMachine({ id: 'm', on: { [HEARD]: { actions: say(ASK) } } });
    expect(lint(machine)).toEqual([
      {
        rule: 'repeats',
        bot: { id: 'asks', version: '1' },
        state: 'm',
        message:
          'The fixed text that m says at the event message.received can be said again within 30 minutes, which a published app refuses. Say it in other words, put something in that differs, or handle message.failed.',
      },
    ]);
  });

  it.each<[string, Config, readonly string[]]>([
    ['in a transition that leads nowhere', { on: { [HEARD]: { actions: say(ASK) } } }, ['m']],
    ['by the name of an action', { on: { [HEARD]: { actions: 'ask' as never } } }, ['m']],
    [
      'as a state is entered that leads back to itself',
      machineOf({ a: { entry: say(ASK), on: { [HEARD]: 'b' } }, b: { on: { [HEARD]: 'a' } } }),
      ['m.a'],
    ],
    [
      'as a state is entered anew',
      machineOf({ a: { entry: say(ASK), on: { [HEARD]: { target: 'a', reenter: true } } } }),
      ['m.a'],
    ],
    [
      'as a state is left again and again',
      machineOf({ a: { exit: say(ASK), on: { [HEARD]: 'b' } }, b: { on: { [HEARD]: 'a' } } }),
      ['m.a'],
    ],
    [
      'in a state that one around it begins again',
      { initial: 'a', on: { [HEARD]: '.a' }, states: { a: { entry: say(ASK), on: { 'message.failed': 'b' } }, b: {} } },
      ['m.a'],
    ],
    [
      'in two places of one way',
      machineOf({ a: { entry: say(ASK), on: { [HEARD]: 'b' } }, b: { entry: say(' Which  day?') } }),
      ['m.b'],
    ],
    [
      'in a transition and in the state that it leads to',
      machineOf({ a: { on: { [HEARD]: { target: 'b', actions: say(ASK) } } }, b: { entry: say(ASK) } }),
      ['m.b'],
    ],
    [
      'after a wait that is shorter than the window',
      machineOf({ a: { entry: say(ASK), after: { [HOUR / 4]: { target: 'a', reenter: true } } } }),
      ['m.a'],
    ],
    [
      'in a region beside the one that loops',
      {
        type: 'parallel',
        states: {
          one: { on: { [HEARD]: { actions: say(ASK) } } },
          other: { entry: say('Only once.'), on: { 'message.failed': { actions: say('What?') } } },
        },
      },
      ['m.one', 'm.other'],
    ],
    [
      'as a history brings it back',
      machineOf({
        a: { initial: 'x', states: { x: { entry: say(ASK) }, back: { type: 'history' } }, on: { [HEARD]: 'b' } },
        b: { on: { [HEARD]: 'a.back' } },
      }),
      ['m.a.x'],
    ],
  ])('%s', (_, config, states) => {
    expect(statesIn(config)).toEqual(states);
  });

  it('in a child that its parent begins again', () => {
    const child = setupBot({}).createMachine({
      id: 'child',
      initial: 'a',
      states: { a: { entry: say(ASK), on: { [HEARD]: 'b' } }, b: { type: 'final' } },
    });
    const parent = (next: string) =>
      setupBot({ actors: { child } }).createMachine({
        id: 'm',
        initial: 'a',
        states: { a: { invoke: { src: 'child', input: undefined, onDone: next } }, b: { on: { [HEARD]: 'a' } }, c: {} },
      });
    expect(lint(parent('b')).map(({ state }) => state)).toEqual(['child.a']);
    expect(lint(parent('c'))).toEqual([]);
  });
});

describe('nothing is said of', () => {
  it.each<[string, Config, DuplicateLimitOptions]>([
    [
      'a text on a way that leads on',
      machineOf({ a: { entry: say(ASK), on: { [HEARD]: 'b' } }, b: { entry: say('Thanks.') } }),
      {},
    ],
    [
      'the same text on two ways',
      machineOf({ a: { on: { [HEARD]: 'b', 'message.failed': 'c' } }, b: { entry: say(ASK) }, c: { entry: say(ASK) } }),
      {},
    ],
    ['a text that is made anew', { on: { [HEARD]: { actions: say(() => 'Which day?') } } }, {}],
    ['a timer that rings once', { after: { 1000: { actions: say(ASK) } } }, {}],
    [
      'a wait that is longer',
      machineOf({ a: { entry: say(ASK), after: { [HOUR]: { target: 'a', reenter: true } } } }),
      {},
    ],
    [
      'waits that are longer together',
      machineOf({ a: { entry: say(ASK), after: { [HOUR / 3]: 'b' } }, b: { after: { [HOUR / 3]: 'a' } } }),
      {},
    ],
    [
      'a wait that is longer than a window that was set',
      machineOf({ a: { entry: say(ASK), after: { 60000: { target: 'a', reenter: true } } } }),
      { window: 30_000 },
    ],
    ['an answer, if answers are exempt', { on: { [HEARD]: { actions: say(ASK) } } }, { exempt: { answers: true } }],
    ['bots, if they are exempt', { on: { [HEARD]: { actions: say(ASK) } } }, { exempt: { origins: ['bot'] } }],
    [
      'what only its own inside moves in',
      machineOf({
        a: { entry: say(ASK), initial: 'x', states: { x: { on: { [HEARD]: 'y' } }, y: { on: { [HEARD]: 'x' } } } },
      }),
      {},
    ],
  ])('%s', (_, config, options) => {
    expect(statesIn(config, options)).toEqual([]);
  });
});
