import { anyText, defineApp, defineBot, type Plugin, say, setupBot } from '@parley/core';
import { describe, expect, it } from 'vitest';
import { fromPromise } from 'xstate';
import { checkBots, describeWalks } from './bots.ts';
import { describeWarnings, sortWarnings } from './warnings.ts';

/** A bot that waits for CANCEL, has no timer, and a state that only its samples lead to. */
function organization(meta: object = {}, plugins: readonly Plugin[] = []) {
  const machine = setupBot({ actors: { book: fromPromise(async () => 1) } }).createMachine({
    id: 'bot',
    initial: 'asking',
    meta,
    states: {
      asking: {
        entry: say('Which day?'),
        on: {
          'message.received': [
            { guard: ({ event }) => event.text === 'CANCEL', target: 'over' },
            { guard: ({ event }) => event.text === ['may', 'day'].join(''), target: 'booking' },
            { actions: say('Pardon?') },
          ],
        },
      },
      booking: { invoke: { src: 'book', onDone: 'over' }, on: { 'message.received': { actions: say('A moment.') } } },
      over: { type: 'final' },
    },
  });
  const bots = [defineBot({ id: 'bot', machine, triggers: [anyText()] })];
  return { apps: [{ ...defineApp({ id: 'app', number: '+14155550100', bots }), transport: 'sms' }], plugins };
}

async function printed(...args: Parameters<typeof organization>): Promise<string> {
  const { warnings, walks } = await checkBots(organization(...args));
  return describeWarnings(sortWarnings(warnings)) + describeWalks(walks);
}

describe('what Parley warns of in bots', () => {
  it('is told by state, with the way to it, and what would make the walk better', async () => {
    expect(await printed()).toBe(`app/bot, version 1
  bot.asking
    Who says nothing here is never asked again: there is no timer. Add one with after, or ignore this rule where waiting is all there is to do. [parley: no-timeout]
      after “Hello”
    A guard waits for CANCEL, which opts people out at the provider. Take another word. [parley: opt-out-word]
  bot.booking
    The task book may fail, and then the machine throws. Say what happens in its onError. [parley: task-without-error]
3 warnings.

app/bot, version 1: the walk did not get to bot.booking. parleySamples in its meta can say.

`);
  });

  it('looks further with samples, and can be silenced', async () => {
    const parleyIgnore = ['no-timeout', 'opt-out-word', 'task-without-error'];
    expect(await printed({ parleyIgnore, parleySamples: ['mayday'] })).toBe(
      'app/bot, version 1: the walk does not know what book may come to. parleySamples in its meta can say.\n\n',
    );
    expect(await printed({ parleyIgnore, parleySamples: { texts: ['mayday'], tasks: { book: [1] } } })).toBe('');
  });

  it('leaves opt-out words to the plugin, which knows more of them', async () => {
    expect(await printed({}, [{ name: 'opt-out' }])).not.toContain('opt-out-word');
  });

  it('is there for programs', async () => {
    const { warnings, walks } = await checkBots(organization());
    expect(warnings).toContainEqual({
      app: 'app',
      plugin: 'parley',
      rule: 'no-timeout',
      bot: { id: 'bot', version: '1' },
      state: 'bot.asking',
      message: expect.any(String),
      path: ['“Hello”'],
    });
    expect(walks).toEqual([
      {
        app: 'app',
        bot: { id: 'bot', version: '1' },
        states: 3,
        reached: 2,
        unknown: ['bot.booking'],
        unsampledTasks: [],
        isComplete: true,
      },
    ]);
  });
});
