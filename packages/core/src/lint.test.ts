import { describe, expect, it } from 'vitest';
import { createMachine, spawnChild } from 'xstate';
import { defineApp } from './app.ts';
import { defineBot } from './bot.ts';
import { lintApps } from './lint.ts';
import type { LintWarning, Plugin } from './plugin.ts';

const inner = createMachine({
  id: 'inner',
  initial: 'noisy',
  states: { noisy: {}, quiet: { meta: { parleyIgnore: ['repeats'] } } },
});
const deepest = createMachine({ id: 'deepest', meta: { parleyIgnore: ['repeats'] } });
const named = createMachine({ id: 'named', entry: spawnChild(deepest) });

const machine = createMachine({
  id: 'outer',
  initial: 'asking',
  meta: { parleyIgnore: ['keyword-taken'] },
  states: {
    asking: {
      meta: { parleyIgnore: ['repeats'], color: 'red' },
      initial: 'day',
      states: { day: {}, hour: { id: 'the.hour' } },
    },
    waiting: { meta: { parleyIgnore: 'repeats' }, invoke: { src: inner } },
    done: { meta: undefined as never },
  },
}).provide({ actors: { named } as never });

const bot = defineBot({ id: 'bot', machine });
const app = { ...defineApp({ id: 'app', number: '+14155550100', bots: [bot] }), transport: 'sms' };

function rulesLeft(...warnings: Omit<LintWarning, 'message'>[]) {
  const plugin: Plugin = { name: 'linter', lint: () => warnings.map((one) => ({ ...one, message: 'Mend it.' })) };
  return lintApps({ apps: [app], plugins: [plugin] });
}

describe('lintApps', () => {
  it('asks every plugin about every app', () => {
    const linter = (name: string): Plugin => ({ name, lint: ({ id }) => [{ rule: 'rule', message: `in ${id}` }] });
    const apps = [app, { ...app, id: 'other' }];
    expect(lintApps({ apps, plugins: [linter('one'), { name: 'none' }, linter('two')] })).toEqual([
      { app: 'app', plugin: 'one', rule: 'rule', message: 'in app' },
      { app: 'app', plugin: 'two', rule: 'rule', message: 'in app' },
      { app: 'other', plugin: 'one', rule: 'rule', message: 'in other' },
      { app: 'other', plugin: 'two', rule: 'rule', message: 'in other' },
    ]);
  });

  it('names a bot by id and version alone', () => {
    expect(rulesLeft({ rule: 'too-long', bot })[0]?.bot).toEqual({ id: 'bot', version: '1' });
  });

  it.each(['outer.asking', 'outer.asking.day', 'the.hour', 'inner.quiet', 'deepest'])(
    'leaves out what %s or a state around it ignores, and nothing else',
    (state) => {
      const rules = rulesLeft({ rule: 'repeats', bot, state }, { rule: 'too-long', bot, state });
      expect(rules.map(({ rule }) => rule)).toEqual(['too-long']);
    },
  );

  it('leaves out what the machine ignores, for all of the bot', () => {
    expect(rulesLeft({ rule: 'keyword-taken', bot })).toEqual([]);
    expect(rulesLeft({ rule: 'keyword-taken', bot, state: 'inner.noisy' })).toEqual([]);
  });

  it.each(['outer.done', 'inner.noisy', 'named', 'outer.nowhere', 'outer.waiting'])('tells of %s', (state) => {
    expect(rulesLeft({ rule: 'repeats', bot, state })).toHaveLength(1);
  });

  it('tells of what is in no bot, or in another version', () => {
    expect(rulesLeft({ rule: 'keyword-taken' })).toHaveLength(1);
    expect(rulesLeft({ rule: 'keyword-taken', bot: { id: 'bot', version: '7' } })).toHaveLength(1);
  });

  it('names the plugin that throws', () => {
    const broken: Plugin = {
      name: 'broken',
      lint() {
        throw new TypeError('no');
      },
    };
    expect(() => lintApps({ apps: [app], plugins: [broken] })).toThrow(/plugin broken threw .* app app\b/);
  });
});
