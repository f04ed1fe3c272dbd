import {
  type ActorProfile,
  type Address,
  anyText,
  defineApp,
  defineBot,
  defineOrganization,
  type JourneyEnd,
  type Plugin,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { type SimulatedActor, SimulatedCarrier, type Simulation, simulate } from '@parley/testing';
import { onTestFinished } from 'vitest';
import type { AnyStateMachine } from 'xstate';

export const ANN = '+14155550123';

export interface Conversation extends SimulatedActor {
  readonly simulation: Simulation;
  /** Lets time pass. */
  readonly advance: Simulation['advance'];
  /** What the bot has come to, each time that it ended. */
  readonly outcomes: readonly unknown[];
  /** Texts one after the other, and gives what came back to the last. */
  says(...texts: readonly string[]): Promise<readonly string[]>;
}

export interface ConversationOptions {
  readonly plugins?: readonly Plugin[];
  /** What is known of Ann. */
  readonly ann?: Partial<Omit<ActorProfile, 'address'>>;
  readonly mode?: 'preview' | 'published';
}

/** Ann's conversation with a bot that any text starts; closed when the test is over. */
export async function conversationWith(
  machine: AnyStateMachine,
  options: ConversationOptions = {},
): Promise<Conversation> {
  const { plugins = [], ann, mode = 'preview' } = options;
  const outcomes: unknown[] = [];
  const onEnd = ({ output, why }: JourneyEnd) => void outcomes.push(output ?? why);
  const bot = defineBot({ id: 'bot', machine, triggers: [anyText()], onEnd });
  const simulation = await simulate(
    defineOrganization({
      name: 'Test',
      apps: [defineApp({ id: 'app', number: '+14155550100', mode, bots: [bot] })],
      transports: { carrier: new SimulatedCarrier() },
      storage: memoryStorage(),
      plugins: [...plugins],
      ...(ann === undefined ? {} : { actors: [{ address: ANN as Address, ...ann }] }),
    }),
  );
  onTestFinished(() => simulation.close());
  const actor = simulation.actor(ANN);
  return Object.assign(Object.create(actor) as SimulatedActor, {
    simulation,
    advance: simulation.advance,
    outcomes,
    async says(...texts: readonly string[]) {
      let answers: readonly string[] = [];
      for (const text of texts) answers = await actor.text(text);
      return answers;
    },
  });
}
