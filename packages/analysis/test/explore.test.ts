import { explore, type Rule } from '@parley/analysis';
import {
  anyText,
  type BotOptions,
  defineBot,
  extendJourney,
  handoff,
  keyword,
  pattern,
  say,
  setupBot,
  startBot,
} from '@parley/core';
import { describe, expect, it } from 'vitest';
import { assign, createMachine, forwardTo, fromPromise } from 'xstate';

const bot = (machine: BotOptions['machine'], rest: Partial<BotOptions> = {}) =>
  defineBot({ id: 'bot', machine, triggers: [anyText()], ...rest });

const cafe = setupBot({ types: { context: {} as { drink: string } } }).createMachine({
  id: 'cafe',
  context: { drink: '' },
  initial: 'asking',
  states: {
    asking: {
      entry: say('Welcome! COFFEE or TEA?'),
      on: {
        'message.received': [
          {
            guard: ({ event }) => /^(coffee|tea)\b/i.test(event.text),
            target: 'brewing',
            actions: assign({ drink: ({ event }) => event.text }),
          },
          { actions: say('We only have COFFEE and TEA.') },
        ],
      },
      after: { 600000: { actions: say('Still thirsty?') } },
    },
    brewing: { entry: say(({ context }) => `One ${context.drink}.`), after: { 5000: 'served' } },
    served: { entry: say('Here you are!'), type: 'final' },
  },
});

/** The rules that are broken, each with its state. */
function broken(...args: Parameters<typeof explore>): readonly (readonly [Rule, string | undefined])[] {
  return explore(...args).findings.map(({ rule, state }) => [rule, state]);
}

// What every machine takes; XState's types know an action of one machine only.
const answered = { 'message.received': { actions: say('I see.') } } as never;
const timed = { 3600000: { actions: say('Still there?') } } as never;

describe('explore', () => {
  it('finds the way through a bot by the words in it', () => {
    const { states, said, isComplete, findings } = explore(bot(cafe));
    expect(states.map(({ id, path }) => [id, path?.length])).toEqual([
      ['cafe.asking', 1],
      ['cafe.brewing', 2],
      ['cafe.served', 3],
    ]);
    expect(said.map(({ text }) => text)).toEqual([
      'Welcome! COFFEE or TEA?',
      'One coffee.',
      'One tea.',
      'We only have COFFEE and TEA.',
      'Still thirsty?',
      'Here you are!',
    ]);
    expect(isComplete).toBe(true);
    expect(findings).toEqual([
      {
        rule: 'unanswered-while-busy',
        bot: { id: 'bot', version: '1' },
        state: 'cafe.brewing',
        message: expect.stringContaining('hears nothing'),
        path: ['“Hello”', '“coffee”', 'something unexpected'],
      },
    ]);
  });

  it('gives the same again', () => {
    expect(explore(bot(cafe))).toEqual(explore(bot(cafe)));
  });

  it('tries what people commonly answer where nothing else comes to anything', () => {
    const isEmail = (text: string) => text.includes('@');
    const machine = setupBot({}).createMachine({
      id: 'm',
      initial: 'asking',
      states: {
        asking: {
          on: {
            'message.received': [
              { guard: ({ event }) => isEmail(event.text), target: 'over' },
              { actions: say('Your email?') },
            ],
          },
          after: timed,
        },
        over: { type: 'final' },
      },
    });
    const { findings, states } = explore(bot(machine));
    expect(findings).toEqual([]);
    expect(states.at(-1)?.path?.at(-1)).toEqual({ kind: 'text', text: 'ann@example.com' });
  });

  it('takes samples from the machine that is running, where several have the same id', () => {
    const answeredBy = (word: string) =>
      setupBot({}).createMachine({
        id: 'question',
        initial: 'asking',
        states: {
          asking: {
            meta: { parleySamples: [word] },
            on: { 'message.received': { guard: ({ event }) => event.text.length === word.length, target: 'answered' } },
          },
          answered: { type: 'final' },
        },
      });
    const asking = (word: string, next: 'second' | 'over') => ({
      invoke: { id: 'question', src: answeredBy(word), onDone: next } as never,
      on: { 'message.received': { actions: forwardTo('question') } } as never,
    });
    const machine = setupBot({}).createMachine({
      id: 'm',
      initial: 'first',
      states: { first: asking('plugh', 'second'), second: asking('xyzzy12', 'over'), over: { type: 'final' } },
    });
    const { states, steps } = explore(bot(machine));
    expect(states.filter(({ path }) => path === undefined)).toEqual([]);
    // At each of the two: its own sample, and one that nobody expects; and the start.
    expect(steps).toBe(5);
  });

  it('takes samples from the meta of states, where they are active', () => {
    const is = (text: string, word: string) => text === word;
    const machine = (parleySamples: unknown) =>
      setupBot({}).createMachine({
        id: 'm',
        initial: 'asking',
        states: {
          asking: {
            meta: { parleySamples },
            on: {
              'message.received': [
                { guard: ({ event }) => is(event.text, ['xy', 'zzy'].join('')), target: 'over' },
                { actions: say('No.') },
              ],
            },
            after: timed,
          },
          over: { type: 'final' },
        },
      });
    expect(broken(bot(machine(['plugh'])))).toEqual([['unreached', 'm.over']]);
    expect(broken(bot(machine(['xyzzy'])))).toEqual([]);
    expect(broken(bot(machine({ texts: ['xyzzy'] })))).toEqual([]);
    expect(broken(bot(machine(undefined as never)), { texts: ['xyzzy'] })).toEqual([]);
    expect(() => explore(bot(machine({ text: ['xyzzy'] })))).toThrow(/parleySamples of m\.asking/);
  });

  it('starts by each trigger, and by the API with data', () => {
    const machine = setupBot({}).createMachine({
      entry: say('Hi!'),
      context: ({ input }) => ({ how: input.message?.text ?? input.data ?? 'nothing' }),
      on: answered,
      after: timed,
    });
    const starts = (rest: Partial<BotOptions>, data?: readonly unknown[]) =>
      explore(bot(machine, rest), data === undefined ? {} : { data }).said.map(({ path }) => path[0]);
    const triggers = [keyword('MENU', 'GO'), pattern(/^order \d+$/i)];
    expect(explore(bot(machine, { triggers }), { texts: ['order 12'] }).steps).toBeGreaterThan(3);
    expect(starts({ triggers: [pattern(/^order/i)] })).toMatchObject(Array(3).fill({ text: 'order' }));
    expect(starts({ triggers: [] })).toMatchObject(Array(3).fill({ kind: 'start' }));
    expect(starts({ triggers: [] }, [{ order: 1 }])[0]).toMatchObject({ kind: 'start', data: { order: 1 } });
  });

  it('starts with people of whom different things are known', () => {
    const machine = setupBot({}).createMachine({
      entry: say(({ context }) => `Hello ${(context as { name: string }).name}!`),
      context: ({ input }) => ({ name: input.actor.firstName ?? 'you' }),
      on: answered,
      after: timed,
    });
    const { said } = explore(bot(machine), { actors: [{}, { firstName: 'Ann', address: '+14155550199' }] });
    expect(said.slice(0, 2).map(({ text }) => text)).toEqual(['Hello you!', 'Hello Ann!']);
    expect(() => explore(bot(machine), { actors: [{ address: 'Ann' }] })).toThrow(
      /error\.platform\.address\.malformed/,
    );
  });

  it('takes no options that it does not know', () => {
    // @ts-expect-error it is texts
    expect(() => explore(cafe, { text: ['tea'] })).toThrow(/text is no option.*texts/);
    // @ts-expect-error a number
    expect(() => explore(cafe, { steps: 'many' })).toThrow(/steps/);
  });

  it('gives the first text to a bot that wants it as an event', () => {
    const machine = setupBot({}).createMachine({
      on: { 'message.received': { actions: say(({ event }) => `You said ${event.text}`) } },
      after: timed,
    });
    expect(explore(bot(machine, { firstText: 'event' })).said[0]?.text).toBe('You said Hello');
  });
});

describe('what explore finds', () => {
  it('is a state that nobody leaves', () => {
    const machine = setupBot({}).createMachine({
      id: 'm',
      initial: 'asking',
      states: {
        asking: { on: { 'message.received': 'lost' }, after: { 1000: 'over' } },
        lost: { entry: say('Thank you.') },
        over: { type: 'final' },
      },
    });
    expect(broken(bot(machine))).toEqual([['dead-end', 'm.lost']]);
  });

  it('is a circle of states from which nobody gets to the end', () => {
    const machine = setupBot({}).createMachine({
      id: 'm',
      initial: 'asking',
      states: {
        asking: {
          on: {
            'message.received': [{ guard: ({ event }) => event.text === 'bye', target: 'over' }, { target: 'ping' }],
          },
          after: { 1000: 'over' },
        },
        ping: { entry: say('Ping?'), on: { 'message.received': 'pong' }, after: timed },
        pong: { entry: say('Pong!'), on: { 'message.received': 'ping' }, after: timed },
        over: { type: 'final' },
      },
    });
    expect(broken(bot(machine))).toEqual([['dead-end', 'm.ping']]);
  });

  it('is a text without an answer, in one context or in all', () => {
    const machine = setupBot({ types: { context: {} as { tries: number } } }).createMachine({
      id: 'm',
      context: { tries: 0 },
      initial: 'asking',
      states: {
        asking: {
          on: {
            'message.received': {
              guard: ({ context }) => context.tries < 2,
              actions: [assign({ tries: ({ context }) => context.tries + 1 }), say('Pardon?')],
            },
          },
          after: timed,
        },
      },
    });
    const { findings } = explore(bot(machine));
    expect(findings).toMatchObject([{ rule: 'unanswered-text', state: 'm.asking' }]);
    expect(findings[0]?.path).toEqual([
      '“Hello”',
      'something unexpected',
      'something unexpected',
      'something unexpected',
    ]);
  });

  it('is silence without a timer, unless a state around it or an invoked machine has one', () => {
    const inner = setupBot({ types: { input: {} as unknown } }).createMachine({
      id: 'inner',
      on: answered,
      after: timed,
    });
    const forward = { 'message.received': { actions: forwardTo('inner') } } as never;
    const machine = setupBot({ actors: { inner } }).createMachine({
      id: 'm',
      initial: 'alone',
      states: {
        alone: { on: { 'message.received': { target: 'inside', actions: say('Well.') } } },
        inside: { initial: 'one', after: { 1000: 'asking' }, on: answered, states: { one: {} } },
        asking: { invoke: { src: 'inner', id: 'inner' }, on: forward },
      },
    });
    expect(broken(bot(machine))).toEqual([['no-timeout', 'm.alone']]);
  });

  it('is not what happens while people have the conversation, but what comes after it', () => {
    const machine = setupBot({}).createMachine({
      id: 'm',
      initial: 'desk',
      states: { desk: { entry: handoff('desk'), on: { 'conversation.resumed': 'back' } }, back: {} },
    });
    const { findings, states } = explore(bot(machine));
    expect(findings).toMatchObject([{ rule: 'dead-end', state: 'm.back', path: ['“Hello”', 'people give it back'] }]);
    expect(states.every(({ path }) => path !== undefined)).toBe(true);
  });

  it('is a timer that rings when the journey is over', () => {
    const machine = (extend: boolean) =>
      setupBot({}).createMachine({
        id: 'm',
        initial: 'first',
        states: {
          first: {
            on: answered,
            after: {
              [20 * 86_400_000]: { target: 'second', actions: extend ? extendJourney(20 * 86_400_000) : say('Hm.') },
            },
          },
          second: { on: answered, after: { [15 * 86_400_000]: 'over' } },
          over: { type: 'final' },
        },
      });
    const { findings } = explore(bot(machine(false)));
    expect(findings).toMatchObject([
      { rule: 'timer-too-late', state: 'm.second' },
      { rule: 'unreached', state: 'm.over' },
    ]);
    expect(findings[0]?.message).toContain('35 days after the start, and the journey is over after 30 days');
    expect(broken(bot(machine(true)))).toEqual([]);
  });

  it('is a machine that throws, and a task that may', () => {
    const actors = { work: fromPromise(async () => 1) };
    const machine = setupBot({ actors }).createMachine({
      id: 'm',
      initial: 'asking',
      states: {
        asking: {
          on: {
            'message.received': {
              guard: ({ event }) => event.text !== 'work',
              actions: () => {
                throw new Error('no idea');
              },
            },
          },
          after: { 1000: 'working' },
        },
        working: { invoke: { src: 'work', onDone: 'over' }, on: answered },
        over: { type: 'final' },
      },
    });
    expect(explore(bot(machine)).findings.map(({ rule, message }) => [rule, message])).toEqual([
      ['throws', 'The machine throws Error: no idea. Mend it, or guard against what brings it there.'],
      ['task-without-error', 'The task work may fail, and then the machine throws. Say what happens in its onError.'],
    ]);
  });

  it('is what a document can not hold', () => {
    const machine = createMachine({ id: 'm', context: { when: () => 1 }, on: {} });
    expect(explore(bot(machine)).findings).toMatchObject([
      { rule: 'not-serialisable', message: expect.stringContaining('context.when is a function') },
    ]);
  });

  it('is a text that is empty, too long, dear or made of nothing', () => {
    const machine = setupBot({ types: { context: {} as { name?: string } } }).createMachine({
      id: 'm',
      context: {},
      entry: [say(' '), say('a'.repeat(1601)), say('é ŵ'.repeat(30)), say(({ context }) => `Hello ${context.name}!`)],
      on: answered,
      after: timed,
    });
    expect(broken(bot(machine)).map(([rule]) => rule)).toEqual(['empty-text', 'too-long', 'segments', 'placeholder']);
    expect(broken(bot(machine), { splitsLongTexts: true, segments: 100 }).map(([rule]) => rule)).toEqual([
      'empty-text',
      'placeholder',
    ]);
  });

  it('is a bot that is not there', () => {
    const machine = setupBot({}).createMachine({
      id: 'm',
      initial: 'leaving',
      states: { leaving: { entry: startBot('survey'), type: 'final' } },
    });
    expect(broken(bot(machine), { bots: ['bot'] })).toEqual([['unknown-bot', 'm.leaving']]);
    expect(broken(bot(machine), { bots: ['bot', 'survey'] })).toEqual([]);
    expect(broken(bot(machine))).toEqual([]);
  });

  it('is a state that no transition leads to', () => {
    const machine = setupBot({}).createMachine({
      id: 'm',
      initial: 'asking',
      states: { asking: { on: answered, after: timed }, orphan: { initial: 'inner', states: { inner: {} } } },
    });
    expect(broken(bot(machine))).toEqual([['unreachable', 'm.orphan']]);
  });

  it('is silenced by a state, one around it, or the machine', () => {
    const machine = (where: string) => {
      const meta = { parleyIgnore: ['no-timeout'] };
      return setupBot({}).createMachine({
        id: 'm',
        ...(where === 'machine' ? { meta } : {}),
        initial: 'outer',
        states: {
          outer: {
            ...(where === 'outer' ? { meta } : {}),
            initial: 'inner',
            states: { inner: { ...(where === 'inner' ? { meta } : {}), on: answered } },
          },
        },
      });
    };
    expect(broken(bot(machine('nobody')))).toEqual([['no-timeout', 'm.outer.inner']]);
    for (const where of ['machine', 'outer', 'inner']) expect(broken(bot(machine(where)))).toEqual([]);
  });
});

describe('tasks', () => {
  const machine = setupBot({
    actors: { findSlots: fromPromise(async ({ input }: { input: string }) => [input]) },
  }).createMachine({
    id: 'm',
    initial: 'looking',
    states: {
      looking: {
        invoke: {
          src: 'findSlots',
          input: 'monday',
          onDone: [{ guard: ({ event }) => event.output.length > 0, target: 'some' }, { target: 'none' }],
          onError: 'failed',
        },
        on: answered,
      },
      some: { type: 'final' },
      none: { type: 'final' },
      failed: { type: 'final' },
    },
  });

  it('come to what samples say, and fail', () => {
    expect(explore(bot(machine), { tasks: { findSlots: [[], ['9:00']] } })).toMatchObject({
      findings: [],
      unsampledTasks: [],
    });
  });

  it('without samples come to a guess, whose mistakes are not the bot’s', () => {
    const { findings, unsampledTasks } = explore(bot(machine));
    expect(unsampledTasks).toEqual(['findSlots']);
    expect(findings.map(({ rule, state }) => [rule, state])).toEqual([
      ['unreached', 'm.some'],
      ['unreached', 'm.none'],
    ]);
    expect(findings[0]?.message).toContain('what findSlots comes to');
  });
});

describe('bounds', () => {
  const counting = setupBot({ types: { context: {} as { count: number } } }).createMachine({
    id: 'm',
    context: { count: 0 },
    on: { 'message.received': { actions: [assign({ count: ({ context }) => context.count + 1 }), say('Noted.')] } },
    after: timed,
  });

  it.each([{ contexts: 5 }, { steps: 20 }, { depth: 4 }])('end what would go on for ever: %o', (bound) => {
    const { isComplete, findings, steps } = explore(bot(counting), bound);
    expect(isComplete).toBe(false);
    expect(findings).toEqual([]);
    expect(steps).toBeLessThan(300);
  });

  it('are not reached by a bot that only remembers when things happened', () => {
    const machine = setupBot({ types: { context: {} as { at: number } } }).createMachine({
      id: 'm',
      context: { at: 0 },
      on: { 'message.received': { actions: [assign({ at: ({ event }) => event.at }), say('Noted.')] } },
      after: { 3600000: { target: '.', reenter: true } as never },
    });
    expect(explore(bot(machine)).isComplete).toBe(true);
  });
});

describe('words of people', () => {
  const setup = setupBot({ types: { context: {} as { said: string } } });
  const keep = setup.assign({ said: ({ event }) => (event.type === 'message.received' ? event.text : '') });

  it('count as one where no guard looks for them', () => {
    const asking = (target: string) => ({ on: { 'message.received': { target, actions: keep } }, after: timed });
    const machine = setup.createMachine({
      id: 'm',
      context: { said: '' },
      entry: say('RED, GREEN, BLUE or PINK?'),
      initial: 'one',
      states: { one: asking('two'), two: asking('three'), three: asking('over'), over: { type: 'final' } },
    });
    const { steps, isComplete } = explore(bot(machine));
    expect(isComplete).toBe(true);
    expect(steps).toBeLessThan(60);
  });

  it('stay what they are where a later guard looks for one, and are no states', () => {
    const machine = setup.createMachine({
      id: 'm',
      context: { said: '' },
      entry: say('Reply RED, or ONE.'),
      initial: 'one',
      states: {
        one: { on: { 'message.received': { target: 'red', actions: keep } }, after: timed },
        red: {
          always: [{ guard: ({ context }) => /^red$/i.test(context.said), target: 'liked' }, { target: 'other' }],
        },
        liked: { on: answered, after: timed },
        other: { on: answered, after: timed },
      },
    });
    expect(explore(bot(machine)).findings).toEqual([]);
  });
});

describe('a machine by itself', () => {
  it('is explored with an input of its own', () => {
    const machine = setupBot({ types: { input: {} as { question: string } } }).createMachine({
      id: 'ask',
      initial: 'asked',
      context: ({ input }) => input,
      states: {
        asked: {
          entry: say(({ context }) => (context as unknown as { question: string }).question),
          on: { 'message.received': 'over' },
          after: { 1000: 'over' },
        },
        over: { type: 'final' },
      },
    });
    const { said, bot: subject, findings } = explore(machine, { input: { question: 'Which day?' } });
    expect(said[0]?.text).toBe('Which day?');
    expect(subject).toEqual({ id: 'ask', version: '1' });
    expect(findings).toEqual([]);
  });
});
