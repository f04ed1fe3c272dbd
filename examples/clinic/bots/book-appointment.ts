import { handoff, remember, say, setupBot, track } from '@parley/core';
import { assign, forwardTo, fromPromise } from 'xstate';
import { type DayWanted, findSlots } from '../calendar.ts';
import { mapPicture } from '../plugins/clinic-map.ts';
import { dayAndTime, inWords } from '../when.ts';
import { ask } from './ask.ts';
import { askDay, askMenu, askName, askTime } from './questions.ts';

interface Booking {
  /** Empty until it is known. */
  name: string;
  /** The appointment that they have, from this or an earlier conversation. */
  appointment: number | undefined;
  /** Said before the day is asked for. */
  remark: string;
  wanted: DayWanted;
  slots: readonly number[];
}

/** What is texted while a question is open is for `ask`. */
const toAsk = { 'message.received': { actions: 'forwardToAsk' } } as const;

/** Books appointments. Every question is the same dialog, `ask`, with other words: see questions.ts. */
export const bookAppointment = setupBot({
  types: { context: {} as Booking },
  actors: {
    ask,
    findSlots: fromPromise(({ input }: { input: DayWanted }) => findSlots(input)),
  },
  actions: { forwardToAsk: forwardTo('ask') },
}).createMachine({
  id: 'book-appointment',
  context: ({ input: { actor } }) => ({
    name: actor.firstName ?? '',
    appointment: numberOrNothing(actor.attributes?.appointment),
    remark: '',
    wanted: { day: '', from: 0 },
    slots: [],
  }),
  // For parley check, which walks through all states: days may be booked out, and some people have an appointment.
  meta: {
    parleySamples: {
      tasks: { findSlots: [[], [Date.UTC(2036, 0, 8, 14), Date.UTC(2036, 0, 8, 16, 30)]] },
      actors: [{}, { firstName: 'Ann', attributes: { appointment: Date.UTC(2036, 0, 8, 14) } }],
    },
  },
  initial: 'menu',
  states: {
    menu: {
      invoke: {
        src: 'ask',
        id: 'ask',
        input: ({ context: { name } }) => askMenu(name === '' ? 'Hello!' : `Hello ${name}!`),
        onDone: [
          { guard: ({ event }) => event.output.value === 'book', target: 'booking' },
          {
            guard: ({ context, event: { output } }) =>
              output.value === 'see' && (context.appointment ?? 0) > (output.at ?? 0),
            target: 'seen',
          },
          { guard: ({ event }) => event.output.value === 'see', target: 'nothingToSee' },
          { guard: ({ event }) => event.output.value === 'desk', target: 'atTheDesk' },
          { target: 'givenUp' },
        ],
      },
      on: toAsk,
    },

    booking: {
      always: [
        { guard: ({ context }) => context.name === '', target: 'name' },
        { target: 'day', actions: assign({ remark: 'Gladly!' }) },
      ],
    },
    name: {
      invoke: {
        src: 'ask',
        id: 'ask',
        input: askName,
        onDone: [
          {
            guard: ({ event }) => event.output.value !== undefined,
            target: 'day',
            actions: [
              assign(({ event }) => ({
                name: event.output.value ?? '',
                remark: `Nice to meet you, ${event.output.value}.`,
              })),
              remember(({ event }) => ({ firstName: event.output.value })),
            ],
          },
          { target: 'givenUp' },
        ],
      },
      on: toAsk,
    },
    day: {
      invoke: {
        src: 'ask',
        id: 'ask',
        input: ({ context }) => askDay(context.remark),
        onDone: [
          {
            guard: ({ event }) => event.output.value !== undefined,
            target: 'lookingUp',
            actions: assign({ wanted: ({ event: { output } }) => ({ day: output.value ?? '', from: output.at ?? 0 }) }),
          },
          { target: 'givenUp' },
        ],
      },
      on: toAsk,
    },
    lookingUp: {
      invoke: {
        src: 'findSlots',
        input: ({ context }) => context.wanted,
        onDone: [
          {
            guard: ({ event }) => event.output.length > 0,
            target: 'time',
            actions: assign({ slots: ({ event }) => event.output }),
          },
          {
            target: 'day',
            actions: assign({ remark: ({ context }) => `${inWords(context.wanted.day)} is booked out, sorry.` }),
          },
        ],
        onError: {
          target: 'day',
          actions: assign({
            remark: ({ context }) => `Sorry, I can not see the calendar of ${inWords(context.wanted.day)} right now.`,
          }),
        },
      },
      on: { 'message.received': { actions: say('One moment, I am looking at the calendar.') } },
    },
    time: {
      invoke: {
        src: 'ask',
        id: 'ask',
        input: ({ context }) => askTime(inWords(context.wanted.day), context.slots),
        onDone: [
          {
            guard: ({ event }) => event.output.value !== undefined,
            target: 'booked',
            actions: assign({ appointment: ({ event }) => Number(event.output.value) }),
          },
          { target: 'givenUp' },
        ],
      },
      on: toAsk,
    },

    booked: {
      type: 'final',
      entry: [
        say(
          ({ context: { name, appointment = 0 } }) =>
            `Done, ${name}! We see you ${dayAndTime(appointment)}. The map shows the way.`,
          {
            media: [mapPicture],
          },
        ),
        remember(({ context }) => ({ attributes: { appointment: context.appointment } })),
        // The plugin clinic-reminders hears this.
        track('booked', ({ context }) => ({ at: context.appointment })),
      ],
    },
    seen: {
      type: 'final',
      entry: say(
        ({ context: { appointment = 0 } }) =>
          `You are booked ${dayAndTime(appointment)}. To change that, text MENU and talk to the desk.`,
      ),
    },
    nothingToSee: { type: 'final', entry: say('You have no appointment yet. Text MENU to book one.') },
    atTheDesk: {
      entry: [say('I have told the desk. Somebody will text you here.'), handoff('desk', 'asked to talk to a person')],
      on: { 'conversation.resumed': 'backFromTheDesk' },
    },
    backFromTheDesk: {
      type: 'final',
      entry: say('That was the desk; the bot is back. Text MENU whenever you need something.'),
    },
    givenUp: {
      type: 'final',
      entry: say('I will leave it at that for now. Text MENU whenever you like, or call us at 415-555-0199.'),
    },
  },
});

function numberOrNothing(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
