import {
  type ActorProfile,
  anyText,
  defineBot,
  fromTask,
  handoff,
  say,
  setupBot,
  type TaskArguments,
} from '@parley/core';
import { choose, hours, menu } from '@parley/dialogs';
import { assign } from 'xstate';
import { type Parcel, parcelOf } from './parcels.ts';

const lookUp = fromTask(({ input, signal }: TaskArguments<string>) => parcelOf(input, signal), {
  attempts: 3,
  timeout: 5_000,
});

const next = menu({
  prompt: 'Anything else?',
  options: {
    link: { label: 'follow it on the map', matches: ['map', 'link', 'where'] },
    neighbour: { label: 'leave it with a neighbour' },
    person: { label: 'talk to somebody', matches: ['help me', 'human'] },
  },
  reminders: [],
  patience: hours(1),
});

const SAMPLE: Parcel = { number: 'R-1', stage: 'on its way', link: 'https://parcels.example/r-1' };

interface Context {
  readonly actor: ActorProfile;
  readonly parcel: Parcel | undefined;
}

const machine = setupBot({ types: { context: {} as Context }, actors: { lookUp } }).createMachine({
  context: ({ input }) => ({ actor: input.actor, parcel: undefined }),
  // For parley check, which walks through all states: some people have no parcel.
  meta: { parleySamples: { tasks: { lookUp: [undefined, SAMPLE] } } },
  initial: 'lookingUp',
  states: {
    lookingUp: {
      invoke: {
        src: 'lookUp',
        input: ({ context }) => context.actor.address,
        onDone: [
          {
            guard: ({ event }) => event.output !== undefined,
            target: 'found',
            actions: [
              assign({ parcel: ({ event }) => event.output }),
              say(({ event: { output } }) => `Your parcel ${output?.number} is ${output?.stage}.`),
            ],
          },
          { target: 'over', actions: say('There is no parcel for this number.') },
        ],
        onError: { target: 'over', actions: say('I can not look it up right now. Please try again in a while.') },
      },
      on: { 'message.received': { actions: say('One moment, I am looking it up.') } },
    },
    found: choose(next, {
      chosen: {
        // A link alone gets a preview on most phones.
        link: { target: 'over', actions: say(({ context }) => context.parcel?.link ?? '') },
        neighbour: { target: 'over', actions: say('The driver is told.') },
        person: 'withSomebody',
      },
      noAnswer: 'over',
      gaveUp: 'withSomebody',
    }),
    withSomebody: {
      entry: [say('Somebody of ours will text you here.'), handoff('dispatch', 'asks about a parcel')],
      on: { 'conversation.resumed': 'over' },
    },
    over: { type: 'final' },
  },
});

/** Answers whoever asks where their parcel is. */
export const where = defineBot({ id: 'where', machine, triggers: [anyText()] });
