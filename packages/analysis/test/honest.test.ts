import { explore, type Happening } from '@parley/analysis';
import { anyText, defineApp, defineBot, defineOrganization, handoff, say, setupBot } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { type SimulatedActor, SimulatedCarrier, type Simulation, simulate } from '@parley/testing';
import { describe, expect, it } from 'vitest';
import { assign, forwardTo } from 'xstate';

const HOUR = 3_600_000;

/** A question of its own, with a reminder and an end of patience. */
const ask = setupBot({
  types: { context: {} as { question: string; value: string }, input: {} as string, output: {} as string },
}).createMachine({
  id: 'ask',
  context: ({ input }) => ({ question: input, value: '' }),
  initial: 'asked',
  states: {
    asked: { entry: say(({ context }) => context.question), after: { [HOUR]: 'reminded' } },
    reminded: { entry: say(({ context }) => `Still there? ${context.question}`), after: { [2 * HOUR]: 'over' } },
    over: { type: 'final' },
  },
  on: {
    'message.received': [
      {
        guard: ({ event }) => /^(red|blue)$/i.test(event.text),
        target: '.over',
        actions: assign({ value: ({ event }) => event.text.toLowerCase() }),
      },
      { actions: say('RED or BLUE?') },
    ],
  },
  output: ({ context }) => context.value,
});

const machine = setupBot({ types: { context: {} as { rounds: number } }, actors: { ask } }).createMachine({
  id: 'paint',
  context: { rounds: 0 },
  initial: 'asking',
  states: {
    asking: {
      invoke: {
        src: 'ask',
        id: 'ask',
        input: ({ context }) => `Which colour, for wall ${context.rounds + 1}?`,
        onDone: [
          { guard: ({ event }) => event.output === '', target: 'forgotten' },
          { guard: ({ context }) => context.rounds === 1, target: 'desk' },
          {
            target: 'asking',
            reenter: true,
            actions: [assign({ rounds: ({ context }) => context.rounds + 1 }), say('Noted.')],
          },
        ],
      },
      on: { 'message.received': { actions: forwardTo('ask') } },
    },
    desk: {
      entry: [say('Somebody will text you.'), handoff('desk')],
      on: { 'conversation.resumed': { target: 'over', actions: say('The bot is back.') } },
    },
    forgotten: { entry: say('Another time, then.'), type: 'final' },
    over: { type: 'final' },
  },
});

const bot = defineBot({ id: 'paint', machine, triggers: [anyText()] });
const organization = defineOrganization({
  name: 'Test',
  apps: [defineApp({ id: 'paint', number: '+14155550100', bots: [bot] })],
  transports: { sms: new SimulatedCarrier() },
  storage: memoryStorage(),
});

/** Has the same happen to the bot as the engine runs it. */
async function relive(sim: Simulation, ann: SimulatedActor, happening: Happening): Promise<void> {
  switch (happening.kind) {
    case 'start':
    case 'text':
      await ann.text(happening.text ?? '');
      return;
    case 'silence':
      return sim.advance({ milliseconds: happening.milliseconds });
    case 'resumed':
      await sim.engine.resume((await ann.conversation())!.key);
      return sim.advance({});
    default:
      throw new Error(`${happening.kind} does not come to this bot.`);
  }
}

describe('a walk', () => {
  const { said, states, isComplete, findings } = explore(bot);

  it('is over, with nothing to find', () => {
    expect({ isComplete, findings }).toEqual({ isComplete: true, findings: [] });
    expect(said.length).toBeGreaterThan(7);
  });

  it.each(said)('says what the engine has people told: $text', async ({ text, path }) => {
    const sim = await simulate(organization);
    const ann = sim.actor('+14155550123');
    for (const happening of path.slice(0, -1)) await relive(sim, ann, happening);
    const before = ann.received.length;
    for (const happening of path.slice(-1)) await relive(sim, ann, happening);
    expect(ann.received.slice(before).map((received) => received.text)).toContain(text);
    await sim.close();
  });

  it('leads to the states that the engine has people in', async () => {
    const resting = states.filter(({ id }) => /^paint\.(asking|desk)$/.test(id));
    expect(resting).toHaveLength(2);
    for (const { id, path = [] } of resting) {
      const sim = await simulate(organization);
      const ann = sim.actor('+14155550123');
      for (const happening of path) await relive(sim, ann, happening);
      expect(`paint.${await ann.state()}`).toBe(id);
      await sim.close();
    }
  });
});
