import { diagnose, type Rule } from '@parley/analysis';
import { type AppOptions, anyText, type BotOptions, defineApp, defineBot, keyword, say, setupBot } from '@parley/core';
import { describe, expect, it } from 'vitest';
import { forwardTo, fromCallback, fromPromise } from 'xstate';

const answered = { 'message.received': { actions: say('I see.') } } as never;
const timed = { 3600000: { actions: say('Still there?') } } as never;

const botOf = (machine: BotOptions['machine'], rest: Partial<BotOptions> = {}) =>
  defineBot({ id: 'bot', machine, triggers: [anyText()], ...rest });
const appOf = (bots: AppOptions['bots'], rest: Partial<AppOptions> = {}) =>
  defineApp({ id: 'app', number: '+14155550100', ...(bots && { bots }), ...rest });

function broken(...args: Parameters<typeof diagnose>): readonly (readonly [Rule, string | undefined])[] {
  return diagnose(...args).flatMap(({ findings }) => findings.map(({ rule, state }) => [rule, state] as const));
}

describe('diagnose', () => {
  it('finds tasks whose failure nobody takes, once', () => {
    const work = fromPromise(async () => 1);
    const machine = setupBot({ actors: { work } }).createMachine({
      id: 'm',
      initial: 'inner',
      on: { 'xstate.error.actor.taken': {} } as never,
      states: {
        inner: { invoke: { src: 'work', id: 'taken', onDone: 'bare' }, on: answered },
        bare: { invoke: { src: 'work', onDone: 'inline' }, on: answered },
        inline: {
          invoke: { src: fromPromise(async () => 2), id: 'unnamed', onDone: 'handled' } as never,
          on: answered,
        },
        handled: { invoke: { src: 'work', onDone: 'over', onError: 'over' }, on: answered },
        over: { type: 'final' },
      },
    });
    expect(broken(botOf(machine))).toEqual([
      ['task-without-error', 'm.bare'],
      ['task-without-error', 'm.inline'],
    ]);
  });

  it('finds timers that outlast the journey, by number and by name', () => {
    const machine = setupBot({ delays: { month: 31 * 86_400_000, soon: 1000 } }).createMachine({
      id: 'm',
      initial: 'one',
      states: {
        one: { on: answered, after: { month: 'two' } },
        two: { on: answered, after: { soon: 'one', [40 * 86_400_000]: 'one' } },
      },
    });
    const late = (expiresAfter: number) =>
      broken(botOf(machine, { expiresAfter })).filter(([rule]) => rule === 'timer-too-late');
    expect(late(30 * 86_400_000)).toEqual([
      ['timer-too-late', 'm.one'],
      ['timer-too-late', 'm.two'],
    ]);
    expect(late(35 * 86_400_000)).toEqual([['timer-too-late', 'm.two']]);
    expect(late(60 * 86_400_000)).toEqual([]);
  });

  it('finds texts of more than a segment also where nobody gets to', () => {
    const long = 'Good day, and welcome to the friendly corner café where coffee is brewed ’til late. '.repeat(2);
    const machine = setupBot({}).createMachine({
      id: 'm',
      initial: 'asking',
      states: { asking: { on: answered, after: timed }, orphan: { entry: say(long) } },
    });
    const [{ findings } = { findings: [] }] = diagnose(botOf(machine));
    expect(findings.map(({ rule, state }) => [rule, state])).toEqual([
      ['segments', 'm.orphan'],
      ['unreachable', 'm.orphan'],
    ]);
    expect(findings[0]?.message).toContain(
      'takes 3 segments, and each is billed: 70 characters fit into one because of ’',
    );
  });

  it('finds words that opt out in triggers, guards and texts, but for those that tell how to opt out', () => {
    const machine = setupBot({}).createMachine({
      id: 'm',
      initial: 'asking',
      entry: say('Reply STOP to end texts. Text CANCEL to stop messages.'),
      states: {
        asking: {
          entry: say(() => 'Reply END to finish.'),
          on: {
            'message.received': [
              { guard: ({ event }) => /^(quit|leave)$/i.test(event.text), target: 'over' },
              { actions: say('Pardon?') },
            ],
          },
          after: timed,
        },
        over: { type: 'final' },
      },
    });
    const bot = botOf(machine, { triggers: [keyword('GO', 'info')] });
    const [{ findings } = { findings: [] }] = diagnose(bot);
    expect(findings.map(({ rule, state, message }) => [rule, state, message.split(' at ')[0]])).toEqual([
      ['opt-out-word', undefined, 'The trigger INFO is answered as a call for help'],
      ['opt-out-word', 'm.asking', 'A guard waits for QUIT, which opts people out'],
      ['opt-out-word', 'm.asking', 'People are asked to reply END, which opts people out'],
    ]);
    expect(broken(bot, { optOutWords: false })).toEqual([]);
    expect(broken(appOf([bot], { number: 'web:shop' }))).toEqual([]);
  });

  it('tells of each long text of a state, fixed or made', () => {
    const machine = setupBot({}).createMachine({
      id: 'm',
      entry: [say('a'.repeat(200)), say(() => 'b'.repeat(200))],
      on: answered,
      after: timed,
    });
    expect(broken(botOf(machine))).toEqual([
      ['segments', 'm'],
      ['segments', 'm'],
    ]);
  });

  it('takes from the app which bots there are, and whether long texts are split', () => {
    const machine = setupBot({}).createMachine({ id: 'm', entry: say('a'.repeat(1700)), on: answered, after: timed });
    const rules = (longTexts: 'refuse' | 'split') =>
      broken(appOf([botOf(machine)], { longTexts })).map(([rule]) => rule);
    expect(rules('refuse')).toEqual(['too-long']);
    expect(rules('split')).toEqual(['segments']);
  });

  it('does not warn of states that it would take samples to get to, unless there are some', () => {
    const machine = (parleySamples?: readonly string[]) =>
      setupBot({}).createMachine({
        id: 'm',
        initial: 'asking',
        states: {
          asking: {
            meta: { parleySamples },
            on: {
              'message.received': [
                { guard: ({ event }) => event.text === ['xy', 'zzy'].join(''), target: 'over' },
                { actions: say('No.') },
              ],
            },
            after: timed,
          },
          over: { type: 'final' },
        },
      });
    expect(diagnose(botOf(machine()))).toMatchObject([{ findings: [], unknownStates: ['m.over'] }]);
    expect(diagnose(botOf(machine(['plugh'])))).toMatchObject([
      { findings: [{ rule: 'unreached' }], unknownStates: [] },
    ]);
    expect(diagnose(botOf(machine(['xyzzy'])))).toMatchObject([{ findings: [], unknownStates: [] }]);
  });

  it('takes samples of machines in it for theirs', () => {
    const inner = setupBot({}).createMachine({
      id: 'inner',
      initial: 'asking',
      states: {
        asking: { meta: { parleySamples: ['plugh'] }, on: { 'message.received': 'over' }, after: timed },
        over: { type: 'final' },
      },
    });
    const lookUp = fromPromise(async () => 'found');
    const machine = setupBot({ actors: { inner, lookUp } }).createMachine({
      id: 'm',
      initial: 'asking',
      states: {
        asking: {
          invoke: { id: 'inner', src: 'inner', onDone: 'lookingUp' } as never,
          on: { 'message.received': { actions: forwardTo('inner') } },
        },
        lookingUp: {
          invoke: {
            src: 'lookUp',
            onDone: [{ guard: ({ event }) => event.output === 'found', target: 'found' }, { target: 'over' }],
            onError: 'over',
          },
          on: { 'message.received': { actions: say('One moment.') } },
        },
        found: { type: 'final' },
        over: { type: 'final' },
      },
    });
    expect(diagnose(botOf(machine))).toMatchObject([{ findings: [], unknownStates: ['m.found'] }]);
  });

  it('gives a diagnosis for each bot, and for a machine by itself', () => {
    const machine = setupBot({}).createMachine({ id: 'm', on: answered });
    const app = appOf([botOf(machine), botOf(machine, { version: '2' })]);
    expect(diagnose(app).map(({ bot }) => bot)).toEqual([
      { id: 'bot', version: '1' },
      { id: 'bot', version: '2' },
    ]);
    expect(diagnose(machine)).toMatchObject([{ bot: { id: 'm' }, findings: [{ rule: 'no-timeout' }] }]);
  });

  it('throws at what could not run at all', () => {
    const machine = setupBot({ actors: { tick: fromCallback(() => {}) } }).createMachine({ invoke: { src: 'tick' } });
    expect(() => diagnose(machine)).toThrow(/error\.platform\.bot\.not-durable/);
  });
});
